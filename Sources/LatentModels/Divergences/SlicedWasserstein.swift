import Distributions
public import LatentCore
import Torch

/// λ SW_p^p(q(z), p(z)) between the codes of a batch and as many draws of the prior: the term `sliced-wasserstein`.
///
/// The mean over random directions of the transport cost between the sorted projections; no critic, no
/// kernel, and any prior that can be sampled. **Randomness**: one draw of the prior and of the directions.
/// **Source**: Kolouri et al. 2018, arXiv 1804.01947, eq. 12 to 15, algorithm 1.
public struct AggregateSlicedWasserstein: Objective, Sendable {
  /// λ.
  public var weight: Double
  /// The number of directions.
  public var directions: Int
  /// p, the order of the cost.
  public var order: Double

  /// The penalty; by default 50 directions and squared cost.
  public init(weight: Double, directions: Int = 50, order: Double = 2) {
    self.weight = weight
    self.directions = directions
    self.order = order
  }

  /// Adds `sliced-wasserstein`.
  public func add(to terms: inout Terms, _ pass: Pass) {
    let codes = pass.flatCodes
    let prior = pass.priorCodes()
    let lines = randomDirections(
      directions, dimensions: codes.size(1), using: pass.step.generator, dtype: codes.dtype)
    let power = slicedWassersteinPower(codes, prior, directions: lines, order: order)
    terms.minimise("sliced-wasserstein", power, unit: .plain, weight: weight)
  }
}

extension AutoencoderRecipe {
  private static let lambda = ConfigKey(
    "lambda", default: 10.0, in: .between(0, 1e9), "Weight of the distance to the prior.")
  private static let directions = ConfigKey(
    "directions", default: 50, in: .between(1, 100_000), "Random directions a step.")
  private static let order = ConfigKey(
    "order", default: 2.0, in: .between(1, 10), "Power of the distance on each direction.")
  private static let prior = ConfigKey(
    "prior", default: CodePrior.gaussian, "Law that the codes are drawn to.")

  /// `latent train swae`: codes are held to any prior one can sample, without a critic.
  public static let slicedWasserstein = AutoencoderRecipe(
    "swae", "Autoencoder whose codes are drawn to a prior by the sliced Wasserstein distance.",
    citations: [
      Citation(
        authors: "Kolouri, Pope, Martin & Rohde",
        title: "Sliced-Wasserstein Autoencoder: An Embarrassingly Simple Generative Model",
        year: 2018, arXiv: "1804.01947", place: "eq. 12 to 15, algorithm 1")
    ],
    settings: ConfigSchema(lambda, directions, order, prior),
    shared: .transport,
    bottleneck: { config, features, size, generator in
      DeterministicBottleneck(
        features: features, size: size, prior: config[prior].distribution(size: size),
        using: generator)
    }
  ) { config, network, _ in
    AutoencoderMethod(
      transport: network,
      penalty: AggregateSlicedWasserstein(
        weight: config[lambda], directions: config[directions], order: config[order]))
  }
}
