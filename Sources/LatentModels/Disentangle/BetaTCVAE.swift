import Distributions
public import LatentCore
import Torch

/// α I(x; z) + β TC(z) + γ Σ_j KL(q(z_j) ‖ p(z_j)): the rate in three parts, each with its weight, in nats.
///
/// With q(z) the posterior of all examples together: `mutual-information` is log q(z|x) − log q(z),
/// `total-correlation` log q(z) − Σ_j log q(z_j) and `dimension-rate` Σ_j log q(z_j) − log p(z), each the
/// mean over the batch at the draw. The parts add up to log q(z|x) − log p(z), whose mean is the rate, so
/// with α = β = γ = 1 this is the ELBO's. Annealing multiplies all three; `rate` is watched. **Needs** a
/// Gaussian posterior and a batch of more than one. **Source**: Chen et al. 2018, arXiv 1802.04942, eq. 2 to 4.
public struct DecomposedRate: Objective, Sendable {
  /// α, the weight of the information that codes carry about which example they are of.
  public var alpha: Double
  /// β, the weight of the total correlation.
  public var beta: Double
  /// γ, the weight of the dimension-wise rate.
  public var gamma: Double
  /// How q(z) is estimated from the batch.
  public var sampling: AggregateSampling

  /// The rate with these weights; by default that of β-TCVAE for digits and sprites.
  public init(
    alpha: Double = 1, beta: Double = 6, gamma: Double = 1, sampling: AggregateSampling = .weighted
  ) {
    self.alpha = alpha
    self.beta = beta
    self.gamma = gamma
    self.sampling = sampling
  }

  /// Adds the three parts and the rate.
  public func add(to terms: inout Terms, _ pass: Pass) {
    let density = pass.aggregateDensity(sampling)
    let annealing = pass.step.rateWeight
    terms.obey(.annealing)
    for (name, value, weight) in [
      ("mutual-information", density.logConditional - density.logJoint, alpha),
      ("total-correlation", density.logJoint - density.logMarginals, beta),
      ("dimension-rate", density.logMarginals - pass.logPrior, gamma),
    ] {
      terms.minimise(name, value.mean(), unit: .nats, weight: weight * annealing)
    }
    for rate in pass.draw.rates {
      terms.watch(rate.name, rate.value.sum() / pass.count, unit: .nats)
    }
  }
}

/// λ TC(z) with TC(z) = KL(q(z) ‖ Π_j q(z_j)) estimated from the batch, in nats: to add to any objective.
///
/// `ELBO() + TotalCorrelationPenalty(weight: β − 1)` is β-TCVAE with α = γ = 1, the rate in closed form.
/// **Source**: Chen et al. 2018, arXiv 1802.04942, section 4.
public struct TotalCorrelationPenalty: Objective, Sendable {
  /// λ.
  public var weight: Double
  /// How q(z) is estimated from the batch.
  public var sampling: AggregateSampling

  /// The penalty with this weight.
  public init(weight: Double, sampling: AggregateSampling = .weighted) {
    self.weight = weight
    self.sampling = sampling
  }

  /// Adds `total-correlation`.
  public func add(to terms: inout Terms, _ pass: Pass) {
    let density = pass.aggregateDensity(sampling)
    terms.minimise(
      "total-correlation", (density.logJoint - density.logMarginals).mean(), unit: .nats,
      weight: weight)
  }
}

extension Pass {
  fileprivate func aggregateDensity(_ sampling: AggregateSampling) -> AggregateDensity {
    AggregateDensity(
      gaussian, codes: draw.codes, exampleCount: step.exampleCount, sampling: sampling)
  }

  /// log p(z) at the draw, `[B]`.
  fileprivate var logPrior: Tensor {
    if let prior = (posterior as? GaussianPosterior)?.prior {
      return prior.logProbability(draw.codes)
    }
    return StandardNormal([], dtype: draw.codes.dtype).logProbability(draw.codes).sum(dim: -1)
  }
}

extension AutoencoderRecipe {
  private static let alpha = ConfigKey(
    "alpha", default: 1.0, in: .between(0, 1e6), "Weight of the mutual information.")
  private static let tcBeta = ConfigKey(
    "beta", default: 6.0, in: .between(0, 1e6), "Weight of the total correlation.")
  private static let tcGamma = ConfigKey(
    "gamma", default: 1.0, in: .between(0, 1e6), "Weight of the dimension-wise rate.")
  private static let sampling = ConfigKey(
    "sampling", default: AggregateSampling.weighted,
    "How the density of all codes together is estimated from a batch.")

  /// `latent train beta-tcvae`: the total correlation of the code alone is weighted up.
  public static let betaTCVAE = AutoencoderRecipe(
    "beta-tcvae", "Variational autoencoder that penalises the total correlation of its code.",
    citations: [
      Citation(
        authors: "Chen, Li, Grosse & Duvenaud",
        title: "Isolating Sources of Disentanglement in Variational Autoencoders", year: 2018,
        arXiv: "1802.04942", place: "eq. 2 to 4, section 4.1, appendix C")
    ],
    defaultSteps: 20_000,
    settings: ConfigSchema(alpha, tcBeta, tcGamma, sampling),
    shared: .disentangling
  ) { config, network, _ in
    let rate = DecomposedRate(
      alpha: config[alpha], beta: config[tcBeta], gamma: config[tcGamma],
      sampling: config[sampling])
    return VariationalMethod(network, objective: WatchedBound() + Distortion() + rate)
  }
}
