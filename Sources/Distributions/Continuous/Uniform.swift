public import Torch

/// The uniform distribution on [lower, upper).
///
/// `logProbability` is −∞ outside. PyTorch: `torch.distributions.Uniform`.
public struct Uniform: ReparameterizedDistribution {
  /// The lower end, of shape `batchShape`.
  public let lower: Tensor
  /// The upper end, of shape `batchShape`.
  public let upper: Tensor

  /// From the ends, lower < upper; shapes broadcast or fail as operators do.
  public init(lower: Tensor, upper: Tensor) {
    let both = broadcastParameters("Uniform(lower:upper:)", [lower, upper])
    (self.lower, self.upper) = (both[0], both[1])
  }

  /// The shape of the parameters.
  public var batchShape: [Int] { lower.shape }
  /// Empty: outcomes are numbers.
  public var eventShape: [Int] { [] }
  /// Between the ends.
  public var support: Constraint { .between(lower, upper) }
  /// The ends.
  public var parameters: [DistributionParameter] {
    [.init("lower", lower, .real), .init("upper", upper, .above(lower))]
  }
  /// The same distribution without the history of its parameters.
  public func detached() -> Uniform {
    Uniform(lower: lower.detached(), upper: upper.detached())
  }

  /// lower + (upper − lower) u with u uniform on [0, 1).
  public func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    let u = Tensor.rand(sampleShape + batchShape, using: generator, dtype: lower.dtype)
    return lower + (upper - lower) * u
  }

  /// −log(upper − lower) in nats inside, −∞ outside.
  public func logProbability(_ value: Tensor) -> Tensor {
    let outside = (value .< lower) .| (value .> upper)
    let inside = (-log(upper - lower)).broadcast(to: outside.shape)
    return inside.replacing(with: -Double.infinity, where: outside)
  }

  /// The difference of log-widths in nats; +∞ unless q's interval holds p's.
  public func klDivergence(to q: Uniform) -> Tensor {
    let value = log(q.upper - q.lower) - log(upper - lower)
    let outside = (q.lower .> lower) .| (q.upper .< upper)
    return value.clamped(min: 0).replacing(with: Double.infinity, where: outside)
  }
}

extension Uniform: DistributionWithMoments, DistributionWithEntropy, DistributionWithCDF {
  /// The middle.
  public var mean: Tensor { 0.5 * (lower + upper) }
  /// (upper − lower)²/12.
  public var variance: Tensor { squared(upper - lower) / 12 }
  /// log(upper − lower) in nats.
  public func entropy() -> Tensor { log(upper - lower) }
  /// (x − lower)/(upper − lower), kept within 0 … 1.
  public func cumulativeProbability(_ value: Tensor) -> Tensor {
    ((value - lower) / (upper - lower)).clamped(min: 0, max: 1)
  }
}
