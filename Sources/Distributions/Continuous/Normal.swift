public import Torch

/// The normal distribution N(μ, σ²) of a number; with `independent(1)` that of a vector with
/// diagonal covariance.
///
/// p(x) = exp(−(x − μ)²/2σ²)/√(2πσ²). An outcome is μ + exp(½ log σ²) ε with ε from one call of
/// `Tensor.randn` of the whole shape, so that a PyTorch script with the same generator state draws
/// the same noise and, but for rounding, the same numbers. Kept in the scale it was given, so that no
/// rounding is added. In float32 finite for |log σ²| up to about 170. PyTorch: `torch.distributions.Normal`.
public struct Normal: ReparameterizedDistribution {
  /// The mean μ, of shape `batchShape`.
  public let mean: Tensor
  private let scale: Scale

  private enum Scale {
    case logVariance(Tensor)
    case standardDeviation(Tensor)
  }

  /// From means and log σ², as encoders give them; shapes broadcast or fail as operators do.
  public init(mean: Tensor, logVariance: Tensor) {
    let both = broadcastParameters("Normal(mean:logVariance:)", [mean, logVariance])
    self.mean = both[0]
    scale = .logVariance(both[1])
  }

  /// From means and standard deviations σ > 0; shapes broadcast or fail as operators do.
  public init(mean: Tensor, standardDeviation: Tensor) {
    let both = broadcastParameters("Normal(mean:standardDeviation:)", [mean, standardDeviation])
    self.mean = both[0]
    scale = .standardDeviation(both[1])
  }

  /// From means and one standard deviation for all.
  public init(mean: Tensor, standardDeviation: Double) {
    self.init(mean: mean, standardDeviation: Tensor.full(like: mean, standardDeviation))
  }

  /// The shape of the parameters.
  public var batchShape: [Int] { mean.shape }
  /// Empty: outcomes are numbers.
  public var eventShape: [Int] { [] }
  /// All real numbers.
  public var support: Constraint { .real }
  /// Mean and scale.
  public var parameters: [DistributionParameter] {
    switch scale {
    case .logVariance(let value): [.init("mean", mean, .real), .init("logVariance", value, .real)]
    case .standardDeviation(let value):
      [.init("mean", mean, .real), .init("standardDeviation", value, .positive)]
    }
  }

  /// The same distribution without the history of its parameters.
  public func detached() -> Normal {
    switch scale {
    case .logVariance(let value): Normal(mean: mean.detached(), logVariance: value.detached())
    case .standardDeviation(let value):
      Normal(mean: mean.detached(), standardDeviation: value.detached())
    }
  }

  /// log σ².
  public var logVariance: Tensor {
    switch scale {
    case .logVariance(let value): value
    case .standardDeviation(let value): 2 * log(value)
    }
  }

  /// σ.
  public var standardDeviation: Tensor {
    switch scale {
    case .logVariance(let value): exp(0.5 * value)
    case .standardDeviation(let value): value
    }
  }

  /// μ + σ ε with ε standard normal.
  public func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    let shape = sampleShape + batchShape
    let noise = Tensor.randn(shape, using: generator, dtype: mean.dtype)
    switch scale {
    case .logVariance(let value):
      return gaussianDraw(mean: mean, logVariance: value, noise: noise)
    case .standardDeviation(let value): return mean + value * noise
    }
  }

  /// −½ [((x − μ)/σ)² + log σ² + log 2π] in nats.
  public func logProbability(_ value: Tensor) -> Tensor {
    let z = standardized(value)
    return -0.5 * (squared(z) + logVariance + logTwoPi)
  }

  /// `logProbability` summed over the last dimension.
  ///
  /// What does not depend on x is summed before it meets x, which may have many more draws: fewer passes over them than
  /// `logProbability(x).sum(dim: -1)` takes.
  package func summedLogProbability(_ value: Tensor) -> Tensor {
    guard batchShape.last == value.shape.last else { return logProbability(value).sum(dim: -1) }
    if case .logVariance(let logVariance) = scale,
      let sum = gaussianLogDensity(value, mean: mean, logVariance: logVariance)
    {
      return sum
    }
    let constant = (logVariance + logTwoPi).sum(dim: -1)
    return -0.5 * (squared(standardized(value)).sum(dim: -1) + constant)
  }

  /// (x − μ)/σ.
  public func standardized(_ value: Tensor) -> Tensor {
    switch scale {
    case .logVariance(let logVariance): (value - mean) * exp(-0.5 * logVariance)
    case .standardDeviation(let sigma): (value - mean) / sigma
    }
  }
}

extension Normal: DistributionWithMoments, DistributionWithEntropy, DistributionWithCDF {
  /// σ².
  public var variance: Tensor {
    switch scale {
    case .logVariance(let value): exp(value)
    case .standardDeviation(let value): squared(value)
    }
  }

  /// ½ (1 + log 2π + log σ²) in nats.
  public func entropy() -> Tensor { 0.5 * logVariance + 0.5 * (1 + logTwoPi) }

  /// Φ((x − μ)/σ).
  public func cumulativeProbability(_ value: Tensor) -> Tensor { normalCDF(standardized(value)) }
}

/// log 2π.
let logTwoPi = 1.837877066409345483560659472811

/// A normal distribution of vectors with diagonal covariance.
public typealias DiagonalNormal = Independent<Normal>

extension Independent where Base == Normal {
  /// From means and log σ² [..., d]: batch shape [...], event shape [d].
  public init(mean: Tensor, logVariance: Tensor) {
    self.init(Normal(mean: mean, logVariance: logVariance), eventDims: 1)
  }

  /// From means and standard deviations [..., d]: batch shape [...], event shape [d].
  public init(mean: Tensor, standardDeviation: Tensor) {
    self.init(Normal(mean: mean, standardDeviation: standardDeviation), eventDims: 1)
  }
}
