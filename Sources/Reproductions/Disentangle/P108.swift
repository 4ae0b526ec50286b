import Datasets
import Evaluation
import LatentCore
import LatentLearning
import LatentModels
import Torch

/// P108: a capacity that rises lets factors into the code one after another, and costs no reconstruction.
///
/// **Source**: Burgess et al. 2018, arXiv 1804.03599, sections 4 and 5. A seed trains two small networks.
public struct UnderstandingDisentangling: Reproduction {
  private static let capacity = 20.0
  private static let gamma = 100.0
  private static let rise = 5000
  private static let rest = 1000

  /// The experiment.
  public init() {}

  /// `P108`.
  public var paper: String { "P108" }
  /// The claim.
  public var claim: String {
    "A target for the rate that rises during training lets factors enter the code in the order of their use, "
      + "position first, and disentangles without the loss of reconstruction of a fixed β."
  }
  /// What it is measured against.
  public var baseline: String { "β-VAE with β = 4, the same network, data and steps." }
  /// The data.
  public var data: String { SpriteExperiment.data }
  /// Five.
  public var minutesPerSeed: Double { 5 }
  /// Twenty.
  public var seeds: Int { 20 }

  /// The catalogue's acceptance; a factor has risen at the target where its probe first reaches half of the
  /// best score that it has in training, looked at every half nat. Probes read draws of the codes: a mean has no
  /// noise, so that an affine map reads all of it at any rate.
  public var criteria: [Criterion] {
    [
      Criterion(
        "rate-tracking", .atMost(0.05),
        "|rate of sprites − target| ÷ target, mean over targets of 2, 4, …, 20 nats"),
      Criterion(
        "position-first", .atLeast(0.5), unit: "nat",
        "target at which scale or shape has risen, whichever first, − that of position"),
      Criterion(
        "one-after-another", .atLeast(0.5), unit: "nat",
        "distance of the targets at which scale and shape have risen"),
      Criterion(
        "reconstruction-ratio", .atMost(1),
        "distortion with rising capacity ÷ with β = 4"),
      Criterion(
        "score-difference", .atLeast(-0.05),
        "MIG with rising capacity − with β = 4; equal is within 0.05"),
    ]
  }

  /// All five.
  public func measure(_ trial: Trial) throws -> [String: Double] {
    let sprites = try SpriteExperiment(trial)
    let (rise, rest) = (trial.size(Self.rise, quick: 40), trial.size(Self.rest, quick: 2))
    let rate = CapacityRate(gamma: Self.gamma, to: Self.capacity, steps: rise)
    var probes: [(target: Double, scores: FactorProbe)] = []
    var errors: [Double] = []
    // At a constant rate of learning the rate would swing about its target by the size of a step.
    let falling = Schedule.cosine(from: 1e-3, to: 1e-4, steps: rise + rest)
    let rising = try sprites.trained(
      Distortion() + rate, steps: rise + rest, learningRate: falling
    ) { method, step in
      let stops = Int(2 * Self.capacity)
      guard step <= rise, (step * stops).isMultiple(of: rise) else { return }
      let target = rate.capacity(at: step)
      probes.append((target, sprites.probe(method)))
      if (step * stops / rise).isMultiple(of: 4) {
        errors.append(Swift.abs(sprites.parts(of: method).rate - target) / target)
      }
    }
    let fixed = try sprites.trained(ELBO(beta: 4), steps: rise + rest, learningRate: falling)
    let position = Self.rise(of: \.position, probes)
    let (scale, shape) = (Self.rise(of: \.scale, probes), Self.rise(of: \.shape, probes))
    let gap = MutualInformationGap()
    return [
      "rate-tracking": errors.reduce(0, +) / Double(errors.count),
      "position-first": min(scale, shape) - position,
      "one-after-another": Swift.abs(scale - shape),
      "reconstruction-ratio": sprites.parts(of: rising).distortion
        / sprites.parts(of: fixed).distortion,
      "score-difference": try sprites.score(gap, rising) - sprites.score(gap, fixed),
    ]
  }

  /// The first target at which a factor's score is half of its best; the last target where the best is below a
  /// fifth, so that the factor never entered.
  private static func rise(
    of factor: KeyPath<FactorProbe, Double>, _ probes: [(target: Double, scores: FactorProbe)]
  ) -> Double {
    let scores = probes.map { $0.scores[keyPath: factor] }
    let best = scores.max() ?? 0
    let place = best < 0.2 ? nil : scores.firstIndex { $0 >= best / 2 }
    return place.map { probes[$0].target } ?? capacity
  }
}
