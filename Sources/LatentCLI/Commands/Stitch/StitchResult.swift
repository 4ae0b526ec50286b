import Datasets
import Evaluation
import LatentCore
import LatentModels
import Runs
import Torch

/// What became of the codes of one run behind another, in every way.
struct StitchResult {
  /// One row: a way, or what it is read against.
  struct Row {
    /// Its name.
    let name: String
    /// Squared error an example.
    var errors: [Double]?
    /// Accuracy of the second run's head or probe.
    var accuracy: Estimate?
    /// The accuracy that the same reader has on the second run's own codes, where it is another one.
    var ownAccuracy: Estimate?
    /// The copies, for pictures.
    var copies: Tensor?

    /// The mean error with its interval.
    var error: Estimate? { errors.map { Estimate(of: $0, unit: TermUnit.squaredError.rawValue) } }
  }

  /// The second run on its own codes.
  let native: Row
  /// The first run on its own codes, if it decodes.
  let encoderNative: Row?
  /// What needs no code: the anchors' mean as every copy, the largest class as every answer.
  let chance: Row
  /// The ways.
  private(set) var ways: [Row] = []
  /// Ways that were not possible, and why.
  private(set) var skipped: [(way: String, reason: String)] = []
  /// What tells classes, in words.
  let reader: String?

  /// Measures `wanted`, or all that fit; throws why a wanted way does not.
  init(
    _ pair: StitchedPair, wanted: StitchWays?, similarity: RelativeCoordinates, penalty: Double,
    meanExample: Tensor
  ) throws {
    reader = pair.reader?.name
    native = try Self.row("native", pair, pair.codes.second)
    encoderNative = try Self.encoderNative(pair)
    chance = Self.chance(pair, meanExample: meanExample)
    for way in wanted?.list ?? StitchWay.allCases {
      do {
        if way == .relative {
          try addRelative(pair, similarity, isWanted: wanted != nil)
        } else {
          ways.append(
            try Self.row(way.rawValue, pair, pair.translated(by: way, penalty: penalty)))
        }
      } catch let error as CommandError where wanted == nil {
        skipped.append((way.rawValue, error.message))
      } catch let error as TranslationError where wanted == nil {
        skipped.append((way.rawValue, error.problem))
      }
    }
  }

  private mutating func addRelative(
    _ pair: StitchedPair, _ similarity: RelativeCoordinates, isWanted: Bool
  ) throws {
    // Relative codes are handed over directly; similarities of similarities would say nothing new.
    if !isWanted, pair.sharesAnchors != nil { return }
    guard let found = try pair.relative(similarity) else {
      throw CommandError.usage(
        "relative coordinates of runs that were not trained on them need classes to tell",
        remedy: "use data with classes, or stitch two runs of relative-autoencoder")
    }
    var row = Row(name: StitchWay.relative.rawValue)
    row.accuracy = found.stitched
    row.ownAccuracy = found.native
    ways.append(row)
  }

  private static func row(_ name: String, _ pair: StitchedPair, _ codes: Tensor) throws -> Row {
    var row = Row(name: name)
    if let (copies, errors) = try pair.decoded(codes) {
      row.errors = errors
      row.copies = copies
    }
    if let reader = pair.reader, let labels = pair.held.labels {
      row.accuracy = reader.accuracy(codes, labels: labels)
    }
    return row
  }

  private static func encoderNative(_ pair: StitchedPair) throws -> Row? {
    guard let own = pair.first.opened.method as? any Encodes & Decodes else { return nil }
    var row = Row(name: "native of the encoder")
    row.errors = StitchedPair.errors(
      try pair.first.decode(pair.codes.first, by: own), pair.held.examples)
    return row
  }

  private static func chance(_ pair: StitchedPair, meanExample: Tensor) -> Row {
    var row = Row(name: "chance")
    if pair.decoder != nil {
      row.errors = StitchedPair.errors(meanExample.unsqueezed(dim: 0), pair.held.examples)
    }
    if pair.reader != nil, let labels = pair.held.labels {
      let counts = labels.to(.int64).binCount()
      let hits = (labels.to(.int64) .== counts.argMax().integerItem()).to(.float64)
      row.accuracy = Estimate(of: hits.scalars(as: Double.self), unit: "")
    }
    return row
  }
}
