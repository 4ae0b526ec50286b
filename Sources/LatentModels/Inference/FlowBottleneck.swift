public import Distributions
public import LatentCore
public import LatentNN
public import Torch

/// Features → a Gaussian sent through invertible maps: q(z|x) of any shape that they can make.
///
/// z = f_K ∘ … ∘ f₁(z₀) with z₀ ~ N(μ(h), diag σ²(h)) and log q(z|x) = log q₀(z₀) − Σ log |det ∂f|. If `isAmortised` the
/// maps have the features as context: parameters of planar and radial maps are affine in them, networks take
/// them in. **Shapes**: h `[B, features]` → z `[B, size]`. **Source**: Rezende and Mohamed 2015, arXiv
/// 1505.05770, equations 13 to 15.
public final class FlowBottleneck: Module, Bottleneck {
  /// q₀ and the prior.
  public let base: GaussianBottleneck
  /// The maps.
  public let flow: Flow
  private let isAmortised: Bool

  /// Maps behind a Gaussian; `flow` has a context of as many numbers as there are features if
  /// `isAmortised`.
  public init(_ base: GaussianBottleneck, flow: Flow, isAmortised: Bool) {
    self.base = base
    self.flow = flow
    self.isAmortised = isAmortised
  }

  /// [size].
  public var codeShape: [Int] { base.codeShape }

  /// The posteriors beside the prior, whose pseudo-examples, if it has any, are Gaussians of q₀.
  public func posterior(_ features: Tensor, encode: (Tensor) -> Tensor) -> any LatentPosterior {
    FlowPosterior(
      base(features), flow: flow.bijector(context: isAmortised ? features : nil),
      prior: base.prior?.distribution { base(encode($0)) })
  }

  /// Codes from the prior.
  public func samplePrior(
    _ count: Int, encode: (Tensor) -> Tensor, using generator: Generator
  ) -> Tensor {
    base.samplePrior(count, encode: encode, using: generator)
  }
}

/// The image of a diagonal Gaussian under invertible maps, beside a prior.
public struct FlowPosterior: WeighablePosterior {
  /// q₀ `[B, d]`, with the prior.
  public let base: GaussianPosterior
  /// The maps, of the same batch.
  public let flow: ChainBijector

  /// A posterior, by default beside a standard normal prior.
  public init(_ normal: Normal, flow: ChainBijector, prior: (any Distribution)? = nil) {
    base = GaussianPosterior(normal, prior: prior)
    self.flow = flow
  }

  /// The image of q₀'s mean, `[B, d]`; not the mean of the image.
  public var representative: Tensor { flow.forward(base.normal.mean) }

  /// One code an example with log q(z|x) − log p(z) at it.
  public func draw(using generator: Generator) -> LatentDraw {
    let start = base.normal.sample([], using: generator)
    let (codes, ratio) = weigh(start)
    return LatentDraw(codes: codes, rates: [LatentRate(value: -ratio, isExact: false)])
  }

  /// Codes `[K, B, d]` with their ratios.
  ///
  /// With `stoppingDensity` the density is that of the codes under maps without history, which inverts
  /// them: as many passes as dimensions for inverse autoregressive maps.
  public func draws(
    _ count: Int, stoppingDensity: Bool, using generator: Generator
  ) -> WeightedDraws {
    let start = base.normal.sample([count], using: generator)
    guard stoppingDensity else {
      let (codes, ratio) = weigh(start)
      return WeightedDraws(codes: codes, logRatio: ratio)
    }
    let codes = flow.forward(start)
    let (origin, determinant) = flow.detached().inverseWithLogDeterminant(codes)
    let density = base.normal.detached().logProbability(origin).sum(dim: -1) - determinant
    return WeightedDraws(
      codes: codes, logRatio: base.priorLogProbability(codes) - density,
      learnedLogPrior: base.prior?.logProbability(codes.detached()))
  }

  private func weigh(_ start: Tensor) -> (codes: Tensor, ratio: Tensor) {
    let (codes, determinant) = flow.forwardWithLogDeterminant(start)
    let density = base.normal.logProbability(start).sum(dim: -1) - determinant
    return (codes, base.priorLogProbability(codes) - density)
  }
}
