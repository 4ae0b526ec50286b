import Datasets
import LatentCore
import LatentModels
import LatentNN
import Torch

/// P011: what reads similarities to anchors understands encoders that it has never seen.
///
/// **Source**: Moschella et al. 2023, arXiv 2209.15430, sections 3 and 5. A seed is a pair of models of each kind, stitched
/// both ways.
public struct RelativeRepresentations: Reproduction {
  /// The experiment.
  public init() {}

  /// `P011`.
  public var paper: String { "P011" }
  /// The claim.
  public var claim: String {
    "Codes told by their cosines to a fixed set of anchors let decoders and classifiers be put behind encoders that were "
      + "trained apart, without any further training."
  }
  /// What it is measured against.
  public var baseline: String {
    "The same models unstitched, and models of absolute codes with the same layers, stitched and unstitched."
  }
  /// The data.
  public var data: String {
    "MNIST (autoencoders) and Fashion-MNIST (linear classifiers behind frozen encoders of plain autoencoders, relative ones of centred codes): the first 10,000 training images, the first 2,000 test images; 300 "
      + "training images as anchors"
  }
  /// Five.
  public var minutesPerSeed: Double { 5 }
  /// Five.
  public var seeds: Int { 5 }

  /// The catalogue's acceptance; that absolute stitching collapses means an error of at least three times the
  /// unstitched one and an accuracy of at most half of it.
  public var criteria: [Criterion] {
    [
      Criterion(
        "invariance", .atMost(1e-5),
        "largest change of a relative coordinate of test codes under a random rotation and rescaling"
      ),
      Criterion(
        "accuracy-drop", .atMost(5), unit: "points",
        "accuracy of unstitched − of stitched relative classifiers, mean of both ways"),
      Criterion(
        "error-ratio", .atMost(2),
        "squared error of stitched ÷ unstitched relative autoencoders, mean of both ways"),
      Criterion(
        "absolute-accuracy", .atMost(0.5), "accuracy of stitched ÷ unstitched absolute classifiers"),
      Criterion(
        "absolute-error", .atLeast(3),
        "squared error of stitched ÷ unstitched absolute autoencoders"),
    ]
  }

  /// All five.
  public func measure(_ trial: Trial) throws -> [String: Double] {
    let experiment = StitchingExperiment(trial)
    let digits = try experiment.examples("mnist")
    let garments = try experiment.examples("fashion-mnist")
    let encoders = try (0..<2).map {
      try experiment.autoencoder(garments.train, isRelative: false, member: UInt64($0))
    }
    var numbers: [String: Double] = [:]
    for isRelative in [true, false] {
      let pair = try (0..<2).map {
        try experiment.autoencoder(digits.train, isRelative: isRelative, member: UInt64($0))
      }
      let errors = withoutGradients { Self.errors(pair, digits.held.examples) }
      numbers[isRelative ? "error-ratio" : "absolute-error"] = errors.stitched / errors.native
      if let relative = pair[0] as? RelativeAutoencoder {
        numbers["invariance"] = withoutGradients {
          Self.change(relative, digits.held.examples, using: trial.generator(.test))
        }
      }
      let classifiers = try encoders.enumerated().map {
        try experiment.classifier(
          garments.train, behind: $1, isRelative: isRelative, member: UInt64($0))
      }
      let shares = withoutGradients { Self.accuracies(classifiers, garments.held) }
      if isRelative {
        numbers["accuracy-drop"] = 100 * (shares.native - shares.stitched)
      } else {
        numbers["absolute-accuracy"] = shares.stitched / shares.native
      }
    }
    return numbers
  }

  /// Mean squared errors, summed over pixels, of both models alone and of both ways between them.
  private static func errors(
    _ pair: [ReconstructiveMethod], _ examples: Tensor
  ) -> (native: Double, stitched: Double) {
    func error(_ from: Int, _ to: Int) -> Double {
      let copies = Stitched(pair[from], to: pair[to]).reconstruct(examples)
      return squared(copies - examples).flattened(from: 1).sum(dim: 1).mean().item()
    }
    return ((error(0, 0) + error(1, 1)) / 2, (error(0, 1) + error(1, 0)) / 2)
  }

  private static func accuracies(
    _ pair: [CodeClassifier], _ held: Batch
  ) -> (native: Double, stitched: Double) {
    func share(_ from: Int, _ to: Int) -> Double {
      let found = pair[to].classLogits(of: pair[from].encode(held.examples)).argMax(dim: 1)
      return (found .== (held.labels ?? found)).to(.float64).mean().item()
    }
    return ((share(0, 0) + share(1, 1)) / 2, (share(0, 1) + share(1, 0)) / 2)
  }

  /// The largest difference of coordinates before and after z → 3.7 R z.
  private static func change(
    _ method: RelativeAutoencoder, _ examples: Tensor, using generator: Generator
  ) -> Double {
    guard let bottleneck = method.relativeBottleneck else { return .infinity }
    let codes = method.encodeAbsolutely(examples)
    let anchors = method.encodeAbsolutely(bottleneck.anchors.value)
    let size = codes.size(1)
    let rotation = LinearAlgebra.qr(Tensor.randn([size, size], using: generator)).q
    let moved = bottleneck.similarity(
      3.7 * matmul(codes, rotation), anchors: 3.7 * matmul(anchors, rotation))
    return abs(moved - bottleneck.similarity(codes, anchors: anchors)).max().item()
  }
}
