public import Distributions
public import LatentCore
public import LatentNN
public import Torch

/// Two levels of codes: q(z₁|x) q(z₂|z₁) beside p(z₁|z₂) p(z₂), the decoder above z₁ alone.
///
/// q(z₁|x) is affine in the features; the maps between the levels have hidden layers of their own. The
/// rates are `rate`, log q(z₁|x) − log p(z₁|z₂) at the draw, and `rate-top`, the divergence of q(z₂|z₁) from
/// N(0, I). **Shapes**: h `[B, features]` → z₁ `[B, size]`, z₂ `[B, top]`. **Source**: Sønderby et al. 2016, arXiv 1602.02282,
/// equations 1 to 6 (without the ladder); with fixed deviations the Markov model of Dang et al. 2023, arXiv 2306.05023.
public final class HierarchicalBottleneck: Module, Bottleneck {
  /// h to q(z₁|x).
  let lower: GaussianBottleneck
  /// z₁ to the moments of q(z₂|z₁).
  let inference: Conditioner
  /// z₂ to the moments of p(z₁|z₂).
  let generation: Conditioner
  private let top: Int
  private let topDeviation: Double?

  /// Levels of `size` and `top` numbers; `topDeviation` fixes the deviation of q(z₂|z₁), which is learned
  /// otherwise.
  public init(
    features: Int, size: Int, top: Int, hidden: [Int], topDeviation: Double? = nil,
    using generator: Generator
  ) {
    self.top = top
    self.topDeviation = topDeviation
    lower = GaussianBottleneck(features: features, size: size, using: generator)
    inference = Conditioner(widths: [size] + hidden + [2 * top], using: generator)
    generation = Conditioner(widths: [top] + hidden + [2 * size], using: generator)
  }

  /// [size].
  public var codeShape: [Int] { lower.codeShape }

  /// The posteriors of both levels.
  public func posterior(_ features: Tensor, encode: (Tensor) -> Tensor) -> any LatentPosterior {
    HierarchicalPosterior(
      lower: lower(features), inference: inference.values, generation: generation.values,
      topDeviation: topDeviation)
  }

  /// p(z₁|z₂) of each row of z₂ `[…, top]`.
  public func conditional(_ top: Tensor) -> Normal { gaussian(generation.values(top)) }

  /// z₁ from p(z₁|z₂) with z₂ from N(0, I).
  public func samplePrior(
    _ count: Int, encode: (Tensor) -> Tensor, using generator: Generator
  ) -> Tensor {
    let dtype = lower.moments.weight.value.dtype
    let start = Tensor.randn([count, top], using: generator, dtype: dtype)
    return conditional(start).sample([], using: generator)
  }
}

/// Moments side by side as a diagonal Gaussian.
private func gaussian(_ moments: Tensor) -> Normal {
  let parts = moments.chunked(2, dim: -1)
  return Normal(mean: parts[0], logVariance: parts[1])
}

/// q(z₁|x) q(z₂|z₁) beside p(z₁|z₂) p(z₂).
public struct HierarchicalPosterior: WeighablePosterior {
  /// q(z₁|x), of batch shape `[B, size]`.
  public let lower: Normal
  let inference: Conditioner.Values
  let generation: Conditioner.Values
  let topDeviation: Double?

  /// The mean of q(z₁|x).
  public var representative: Tensor { lower.mean }

  /// q(z₂|z₁) for codes `[…, size]`.
  public func upper(_ codes: Tensor) -> Normal { upper(codes, by: inference) }

  private func upper(_ codes: Tensor, by network: Conditioner.Values) -> Normal {
    let learned = gaussian(network(codes))
    return topDeviation.map { Normal(mean: learned.mean, standardDeviation: $0) } ?? learned
  }

  /// z₁ with the rates of both levels.
  public func draw(using generator: Generator) -> LatentDraw {
    let codes = lower.sample([], using: generator)
    let upper = upper(codes)
    let conditional = gaussian(generation(upper.sample([], using: generator)))
    let rate = lower.logProbability(codes) - conditional.logProbability(codes)
    let standard = StandardNormal(upper.batchShape, dtype: upper.mean.dtype)
    return LatentDraw(
      codes: codes,
      rates: [
        LatentRate(value: rate, isExact: false),
        LatentRate(name: "rate-top", value: upper.klDivergence(to: standard), isExact: true),
      ])
  }

  /// z₁ `[K, B, size]` with log p(z₁, z₂) − log q(z₁, z₂|x).
  ///
  /// With `stoppingDensity` both factors of q are evaluated without the history of their parameters.
  public func draws(
    _ count: Int, stoppingDensity: Bool, using generator: Generator
  ) -> WeightedDraws {
    let codes = lower.sample([count], using: generator)
    let top = upper(codes).sample([], using: generator)
    let still = stoppingDensity ? upper(codes, by: inference.detached()) : upper(codes)
    let bottom = stoppingDensity ? lower.detached() : lower
    let density = bottom.logProbability(codes).sum(dim: -1) + still.logProbability(top).sum(dim: -1)
    let standard = StandardNormal([], dtype: top.dtype).logProbability(top).sum(dim: -1)
    func conditional(_ codes: Tensor, _ top: Tensor) -> Tensor {
      gaussian(generation(top)).logProbability(codes).sum(dim: -1)
    }
    return WeightedDraws(
      codes: codes, logRatio: conditional(codes, top) + standard - density,
      learnedLogPrior: stoppingDensity ? conditional(codes.detached(), top.detached()) : nil)
  }
}

extension AutoencoderRecipe {
  private static let beta = ConfigKey(
    "beta", default: 1.0, in: .between(0, 1e6), "Weight of the rates; 1 is the ELBO.")
  private static let top = ConfigKey(
    "latent-top", default: 10, in: .between(1, 4096), "Dimensions of the second level.")
  private static let hidden = ConfigKey(
    "top-hidden", default: [100], each: .between(1, 65536),
    "Units of each hidden layer between the levels.")
  private static let deviation = ConfigKey(
    "top-deviation", default: 0.0, in: .between(0, 1e3),
    "Fixed standard deviation of the second level's posterior; 0 to learn it.")

  /// `latent train hvae`: two levels of Gaussian codes.
  public static let hvae = AutoencoderRecipe(
    "hvae", "Hierarchical variational autoencoder with two levels of Gaussian codes.",
    citations: [
      Citation(
        authors: "Sønderby et al.", title: "Ladder Variational Autoencoders", year: 2016,
        arXiv: "1602.02282", place: "eq. 1 to 6, without the ladder"),
      Citation(
        authors: "Dang, Tran, Nguyen & Ho",
        title: "Beyond Vanilla Variational Autoencoders: Detecting Posterior Collapse in "
          + "Conditional and Hierarchical Variational Autoencoders", year: 2023,
        arXiv: "2306.05023", place: "section 4.2"),
    ],
    settings: ConfigSchema(beta, top, hidden, deviation),
    bottleneck: { config, features, size, generator in
      HierarchicalBottleneck(
        features: features, size: size, top: config[top], hidden: config[hidden],
        topDeviation: config[deviation] > 0 ? config[deviation] : nil, using: generator)
    }
  ) { config, network, _ in
    VariationalMethod(network, objective: ELBO(beta: config[beta]))
  }
}
