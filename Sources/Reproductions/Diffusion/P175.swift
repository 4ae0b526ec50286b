import LatentCore
import LatentModels
import Torch

/// P175: the bound, the equivalent targets, Tweedie's formula and guidance, on laws of which all is known.
///
/// **Source**: Luo 2022, arXiv 2208.11970.
public struct UnderstandingDiffusion: Reproduction {
  /// The experiment.
  public init() {}

  /// `P175`.
  public var paper: String { "P175" }
  /// The claim.
  public var claim: String {
    "The bound's terms sum to the bound; image, noise and score prediction are one; Tweedie's formula gives the posterior "
      + "mean; guidance of weight one gives the conditional score; trained networks come close to all of it."
  }
  /// What it is measured against.
  public var baseline: String {
    "Mixtures of Gaussians, whose bound is known by quadrature and whose scores and posterior means are known exactly."
  }
  /// The data.
  public var data: String {
    "mixtures new for each seed: three components on the line, 48 levels, 500 × 500 nodes; six components of the plane with "
      + "three labels, 20,000 points under noise in float64; networks 2-128-128-128-2 trained for 12,000 steps (18,000 with "
      + "labels) of 512 fresh draws, 200,000 points to measure on, log-SNR from -6 to 6"
  }
  /// Five.
  public var minutesPerSeed: Double { 5 }
  /// Three.
  public var seeds: Int { 3 }

  /// The catalogue's acceptance; «approach» is 0.1 nat, and 0.1 of the noise's standard deviation for predictions.
  public var criteria: [Criterion] {
    [
      Criterion(
        "elbo", .atMost(1e-4), unit: "nat",
        "|L_T + Σ L + L_0 − the bound from the joint densities of both chains|, exact denoiser"),
      Criterion(
        "conversion", .atMost(1e-5),
        "largest difference after converting exact image, noise, score and velocity into each other"
      ),
      Criterion(
        "tweedie", .atMost(1e-5),
        "largest |Tweedie's formula with the score by differentiation − posterior mean by Bayes' rule|"
      ),
      Criterion(
        "guidance", .atMost(1e-5),
        "largest |score guided with weight one, classifier-free or by the exact classifier − conditional "
          + "score by differentiation|"),
      Criterion(
        "trained-elbo", .atMost(0.1), unit: "nat",
        "bound with the exact denoiser − with a trained one, the worst of four targets"),
      Criterion(
        "trained-conversion", .atMost(0.1),
        "root mean square difference of the noise that networks of two targets tell, the worst pair"
      ),
      Criterion(
        "trained-tweedie", .atMost(0.1),
        "root mean square of α (Tweedie's formula with the trained score − posterior mean)"),
      Criterion(
        "trained-guidance", .atMost(0.1),
        "root mean square of σ (trained score guided with weight one − conditional score)"),
    ]
  }

  /// The exact claims, then the trained ones.
  public func measure(_ trial: Trial) throws -> [String: Double] {
    try exact(trial).merging(trained(trial)) { first, _ in first }
  }

  private func exact(_ trial: Trial) -> [String: Double] {
    let source = trial.generator(.order)
    func uniform(_ shape: [Int], _ low: Double, _ high: Double) -> Tensor {
      Tensor.uniform(shape, from: low, to: high, using: source, dtype: .float64)
    }
    let line = NoisedMixture(
      weights: uniform([3], 0.5, 1.5),
      means: Tensor([-1.5, 0, 1.5], dtype: .float64).unsqueezed(dim: 1)
        + uniform([3, 1], -0.4, 0.4),
      deviations: uniform([3], 0.2, 0.5))
    let levels = CosineSchedule(cleanest: 6, noisiest: -6)
      .levels(trial.size(48, quick: 4), dtype: .float64)
    let bound = MixtureBound(line, logSNR: levels, nodes: trial.size(500, quick: 60))
    let plane = MixtureNetworks.law(using: source)
    let law = NoisedMixture(
      weights: plane.weights.to(.float64), means: plane.means.to(.float64),
      deviations: plane.deviations.to(.float64))
    let points = MixturePoints(law, count: trial.size(20_000, quick: 64), using: source)
    return [
      "elbo": abs(bound.terms - bound.exact), "conversion": points.conversionError,
      "tweedie": points.tweedieError, "guidance": points.guidanceError,
    ]
  }

  private func trained(_ trial: Trial) throws -> [String: Double] {
    let law = MixtureNetworks.law(using: trial.generator(.order))
    let networks = try DiffusionTarget.allCases.map {
      try MixtureNetworks.trained($0, on: law, trial)
    }
    let gaps = networks.map { network in
      MixtureNetworks.mean(over: law, trial) { noise, noised, level in
        let slope = MixtureNetworks.schedule.slope(level.logSNR)
        let found = DiffusionBound.rate(
          noise: noise, network.predict(noised, at: level), slope: slope)
        return found
          - DiffusionBound.rate(noise: noise, law.denoise(noised, at: level), slope: slope)
      }
    }
    var disagreements: [Double] = []
    for (index, one) in networks.enumerated() {
      for other in networks.dropFirst(index + 1) {
        let square = MixtureNetworks.mean(over: law, trial) { _, noised, level in
          squared(one.predict(noised, at: level).noise - other.predict(noised, at: level).noise)
        }
        disagreements.append(square.squareRoot())
      }
    }
    let scores = networks[DiffusionTarget.allCases.firstIndex(of: .score) ?? 0]
    let tweedie = MixtureNetworks.mean(over: law, trial) { _, noised, level in
      let mean =
        (noised + squared(level.sigma) * scores.predict(noised, at: level).score) / level.alpha
      return squared(level.alpha * (mean - law.denoise(noised, at: level).example))
    }
    return [
      "trained-elbo": gaps.max() ?? .nan, "trained-conversion": disagreements.max() ?? .nan,
      "trained-tweedie": tweedie.squareRoot(),
      "trained-guidance": try guidanceError(law, trial).squareRoot(),
    ]
  }

  /// The mean over the labels.
  private func guidanceError(_ law: NoisedMixture, _ trial: Trial) throws -> Double {
    let network = try MixtureNetworks.trained(.noise, on: law, hasLabels: true, trial)
    let errors = MixtureNetworks.labels.enumerated().map { label, components in
      let conditional = law.keeping(components)
      return MixtureNetworks.mean(over: conditional, trial) { _, noised, level in
        let labels = Tensor.full([noised.size(0)], label, dtype: .int64)
        let guided = network.denoising(labels: labels, guidance: 1)(noised, level)
        return squared(level.sigma * (guided.score - conditional.denoise(noised, at: level).score))
      }
    }
    return errors.reduce(0, +) / Double(errors.count)
  }
}
