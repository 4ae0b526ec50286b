public import Distributions
public import Torch

/// A diagonal Gaussian posterior q(z|x) = N(μ, diag σ²) beside a standard normal or learned prior.
public struct GaussianPosterior: WeighablePosterior {
  /// q, of batch shape `[B, d]`.
  public let normal: Normal
  /// p(z) of event shape [d], or nil for the standard normal distribution.
  public let prior: (any Distribution)?

  /// A posterior, by default beside a standard normal prior.
  public init(_ normal: Normal, prior: (any Distribution)? = nil) {
    self.normal = normal
    self.prior = prior
  }

  /// μ, `[B, d]`.
  public var representative: Tensor { normal.mean }

  /// The standard deviation of each dimension, in the shape of the mean.
  public var standardDeviation: Tensor { normal.standardDeviation }

  /// μ + σ ε with one draw of noise `[B, d]`.
  ///
  /// The rate is exact and per dimension beside the standard normal prior; beside another one it is
  /// log q(z|x) − log p(z) at the draw, per example.
  public func draw(using generator: Generator) -> LatentDraw {
    let codes = normal.sample([], using: generator)
    guard let prior else {
      let rate = normal.klDivergence(to: standard)
      return LatentDraw(codes: codes, rates: [LatentRate(value: rate, isExact: true)])
    }
    let ratio = normal.summedLogProbability(codes) - prior.logProbability(codes)
    return LatentDraw(codes: codes, rates: [LatentRate(value: ratio, isExact: false)])
  }

  /// Codes `[K, B, d]` with their ratios.
  public func draws(
    _ count: Int, stoppingDensity: Bool, using generator: Generator
  ) -> WeightedDraws {
    let codes = normal.sample([count], using: generator)
    let density = stoppingDensity ? normal.detached() : normal
    let posterior = density.summedLogProbability(codes)
    return WeightedDraws(
      codes: codes, logRatio: priorLogProbability(codes) - posterior,
      learnedLogPrior: stoppingDensity ? prior?.logProbability(codes.detached()) : nil)
  }

  /// log p(z) in nats of codes `[…, B, d]`, `[…, B]`.
  public func priorLogProbability(_ codes: Tensor) -> Tensor {
    prior?.logProbability(codes) ?? standard.summedLogProbability(codes)
  }

  private var standard: StandardNormal {
    StandardNormal(normal.batchShape, dtype: normal.mean.dtype, device: normal.mean.device)
  }
}
