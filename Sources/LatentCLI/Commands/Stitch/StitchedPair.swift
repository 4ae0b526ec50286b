import Datasets
import Evaluation
import LatentCore
import LatentModels
import Runs
import Torch

/// Two runs on the same data, the codes of both, and what is measured of one's codes behind the other.
struct StitchedPair {
  /// Who encodes.
  let first: UsedRun
  /// Who decodes or tells classes.
  let second: UsedRun
  /// The held-out examples.
  let held: Batch
  /// Codes of the anchors by both.
  let anchors: (first: Tensor, second: Tensor)
  /// Codes of the held-out examples by both.
  let codes: (first: Tensor, second: Tensor)
  /// The run's own way back to examples, if it has one.
  let decoder: (any Encodes & Decodes)?
  /// What tells classes, where there are some.
  let reader: CodeReader?
  /// Codes of the probe's examples by the second run, with their classes.
  private let probed: (codes: Tensor, labels: Tensor)?
  private let encoders: (first: any Encodes, second: any Encodes)

  /// Encodes anchors and held-out examples by both; throws `CommandError` for runs that do not go together.
  init(
    _ first: UsedRun, _ second: UsedRun, train: any Dataset, held: Batch, anchorCount: Int,
    seed: UInt64
  ) throws {
    (self.first, self.second, self.held) = (first, second, held)
    let a = try first.method(as: (any Encodes).self, to: "encode")
    let b = try second.method(as: (any Encodes).self, to: "encode")
    encoders = (a, b)
    guard anchorCount <= train.count else {
      throw CommandError.usage(
        "--anchors: expected at most the \(train.count) training examples, found \(anchorCount)",
        remedy: "give fewer anchors")
    }
    let order = Tensor.randperm(train.count, using: Generator(seed: seed)).scalars(as: Int.self)
    let chosen = try train.batch(Array(order[..<anchorCount])).examples
    anchors = (first.encode(chosen, by: a), second.encode(chosen, by: b))
    codes = (first.encode(held.examples, by: a), second.encode(held.examples, by: b))
    decoder = b as? any Encodes & Decodes
    let sample = try train.batch(Array(order.prefix(CodeReader.fitted)))
    if let labels = sample.labels, held.labels != nil, labels.unique().values.count > 1 {
      let known = second.encode(sample.examples, by: b)
      probed = (known, labels)
      reader =
        try (b as? any ClassifiesCodes).map { CodeReader(head: $0) }
        ?? CodeReader(probing: known, labels: labels)
    } else {
      (probed, reader) = (nil, nil)
    }
    guard decoder != nil || reader != nil else {
      throw CommandError.usage(
        "recipe \(second.opened.recipe.name) cannot decode, and the data have no classes to tell",
        remedy: "give a run with a decoder as the second, or data with classes")
    }
  }

  /// Whether both tell codes by the same anchors; nil where one of them has absolute codes.
  var sharesAnchors: Bool? {
    guard let a = (encoders.first as? any RelativelyCoded)?.relativeBottleneck,
      let b = (encoders.second as? any RelativelyCoded)?.relativeBottleneck
    else { return nil }
    return a.sharesAnchors(with: b)
  }

  /// Codes of the first run as the second one's decoder or head takes them; throws why there are none.
  func translated(by way: StitchWay, penalty: Double) throws -> Tensor {
    guard let family = way.family(penalty: penalty) else {
      guard codes.first.shape == codes.second.shape else {
        throw CommandError.usage(
          "codes of shape \(Array(codes.first.shape.dropFirst())) cannot be handed over to a run with codes of shape "
            + "\(Array(codes.second.shape.dropFirst()))",
          remedy: "fit a translation: --ways orthogonal,affine")
      }
      guard sharesAnchors != false else {
        throw CommandError.usage(
          "the relative codes of both runs are told by different anchors or similarities",
          remedy: "train both with the same anchors, anchor-seed and similarity, or --ways affine")
      }
      return codes.first
    }
    return try LatentTranslation(family, from: anchors.first, to: anchors.second)(codes.first)
  }

  /// Squared error of each held-out example's copy from codes of the second run, and the copies.
  func decoded(_ codes: Tensor) throws -> (copies: Tensor, errors: [Double])? {
    guard let decoder else { return nil }
    let copies = try second.decode(codes.to(.float32), by: decoder)
    return (copies, Self.errors(copies, held.examples))
  }

  /// Accuracy of a classifier of the second run's similarities to the anchors, on its own and on the first run's.
  func relative(
    _ similarity: RelativeCoordinates
  ) throws -> (native: Estimate, stitched: Estimate)? {
    guard let probed, let labels = held.labels else { return nil }
    func table(_ codes: Tensor, _ anchors: Tensor) -> Tensor {
      similarity(codes.flattened(from: 1), anchors: anchors.flattened(from: 1))
    }
    let probe = try CodeReader(
      probing: table(probed.codes, anchors.second), labels: probed.labels)
    return (
      probe.accuracy(table(codes.second, anchors.second), labels: labels),
      probe.accuracy(table(codes.first, anchors.first), labels: labels)
    )
  }

  /// Σ (x − x̂)² of each example.
  static func errors(_ copies: Tensor, _ originals: Tensor) -> [Double] {
    squared(copies - originals).flattened(from: 1).sum(dim: 1).scalars(as: Double.self)
  }
}

extension UsedRun {
  /// The codes of `examples` on the CPU, at most `size` encoded at a time.
  fileprivate func encode(_ examples: Tensor, by method: any Encodes, size: Int = 512) -> Tensor {
    let count = examples.size(0)
    let parts = stride(from: 0, to: count, by: size).map { start in
      compute { method.encode(examples[start..<min(start + size, count)].to(Device.current)) }
        .to(.cpu)
    }
    return concatenated(parts)
  }
}
