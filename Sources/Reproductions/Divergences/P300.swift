import Distributions
import LatentCore
import LatentModels
import Torch

/// P300: sorted projections alone hold codes to any prior that can be sampled.
///
/// **Source**: Kolouri, Pope, Martin and Rohde 2018, arXiv 1804.01947, sections 2 to 4. A seed trains five small
/// networks.
public struct SlicedWassersteinAutoencoders: Reproduction {
  private static let steps = 2500
  private static let sample = 500

  /// The experiment.
  public init() {}

  /// `P300`.
  public var paper: String { "P300" }
  /// The claim.
  public var claim: String {
    "The sliced Wasserstein distance between codes and draws of a prior is all that is needed to generate as well "
      + "as with a kernel or a divergence in closed form, for any prior."
  }
  /// What it is measured against.
  public var baseline: String { "WAE-MMD and VAE with the same layers, data and steps." }
  /// The data.
  public var data: String {
    "MNIST: the first 10,000 training images, the first 2,000 test images, 2,000 samples; features of the "
      + "package's own classifier of MNIST"
  }
  /// Five.
  public var minutesPerSeed: Double { 5 }
  /// Twelve.
  public var seeds: Int { 12 }

  /// The catalogue's acceptance; the noise level is what 95 of 100 pairs of samples of the prior stay below, and
  /// «within 15 %» means not more than 15 % worse.
  public var criteria: [Criterion] {
    [
      Criterion(
        "mean-shift", .atMost(0.03),
        "|sliced distance of two Gaussian samples ÷ ‖δ‖/√d − 1|, 10 dimensions, 5,000 points each"),
      Criterion(
        "ring-noise", .atMost(1),
        "sliced distance of 500 held-out codes to 500 draws of the ring ÷ noise level"),
      Criterion("square-noise", .atMost(1), "the same for the square"),
      Criterion(
        "frechet-over-mmd", .atMost(1.15),
        "Fréchet distance of samples, sliced ÷ WAE-MMD, Gaussian prior"),
      Criterion(
        "frechet-over-vae", .atMost(1.15),
        "Fréchet distance of samples, sliced ÷ VAE, Gaussian prior"),
    ]
  }

  /// All five.
  public func measure(_ trial: Trial) throws -> [String: Double] {
    let pictures = try PictureExperiment(trial)
    var numbers = ["mean-shift": Self.shiftError(trial)]
    for (name, prior) in [("ring-noise", CodePrior.ring), ("square-noise", .square)] {
      let method = try pictures.trained(
        pictures.deterministic(size: 2, prior: prior),
        PenalisedTransport(penalty: AggregateSlicedWasserstein(weight: 1000)),
        steps: Self.steps, batchSize: 250)
      numbers[name] = Self.mismatch(pictures.heldCodes(of: method), method, trial)
    }
    func distance(_ network: Autoencoder, _ objective: any Objective) throws -> Double {
      let method = try pictures.trained(network, objective, steps: Self.steps)
      return try pictures.frechetDistance(of: method)
    }
    // Ten times the lines of the default, under which the ratio moved by a tenth from seed to seed.
    let sliced = try distance(
      pictures.deterministic(size: 8),
      PenalisedTransport(penalty: AggregateSlicedWasserstein(weight: 100, directions: 500)))
    let kernel = try distance(
      pictures.deterministic(size: 8), PenalisedTransport(penalty: AggregateMMD(weight: 50)))
    let vae = try distance(pictures.variational(size: 8), ELBO())
    numbers["frechet-over-mmd"] = sliced / kernel
    numbers["frechet-over-vae"] = sliced / vae
    return numbers
  }

  /// Two Gaussian laws that differ by a shift δ of norm 3.
  private static func shiftError(_ trial: Trial) -> Double {
    let source = trial.generator(.figures)
    let count = trial.size(5000, quick: 200)
    let d = 10
    let shift = 3 * randomDirections(1, dimensions: d, using: source)
    let x = Tensor.randn([count, d], using: source)
    let y = Tensor.randn([count, d], using: source) + shift
    let lines = randomDirections(trial.size(5000, quick: 50), dimensions: d, using: source)
    let found = slicedWassersteinDistance(x, y, directions: lines).item()
    return Swift.abs(found / (3 / Double(d).squareRoot()) - 1)
  }

  /// The mean distance of codes to fresh draws of the prior over the 95 % quantile of that of two draws.
  private static func mismatch(
    _ codes: Tensor, _ method: AutoencoderMethod, _ trial: Trial
  ) -> Double {
    let source = trial.generator(.test)
    let count = min(sample, codes.size(0))
    func drawn() -> Tensor { method.autoencoder.samplePrior(count, using: source) }
    func distance(_ x: Tensor, _ y: Tensor) -> Double {
      let lines = randomDirections(200, dimensions: 2, using: source)
      return slicedWassersteinDistance(x, y, directions: lines).item()
    }
    let repeats = trial.size(100, quick: 5)
    let noise = (0..<repeats).map { _ in distance(drawn(), drawn()) }.sorted()
    let found = (0..<repeats).map { _ -> Double in
      let rows = Tensor.randperm(codes.size(0), using: source)[0..<count]
      return distance(codes.selected(rows, dim: 0), drawn())
    }
    let level = noise[Int(0.95 * Double(repeats - 1))]
    return found.reduce(0, +) / Double(repeats) / level
  }
}
