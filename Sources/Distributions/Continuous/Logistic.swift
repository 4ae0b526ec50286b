public import Torch

/// The logistic distribution of location μ and scale s.
///
/// p(x) = σ(z) σ(−z)/s with z = (x − μ)/s. SciPy: `scipy.stats.logistic`.
public struct Logistic: ReparameterizedDistribution {
  /// The location μ, of shape `batchShape`.
  public let location: Tensor
  /// The scale s > 0, of shape `batchShape`.
  public let scale: Tensor

  /// From locations and scales; shapes broadcast or fail as operators do.
  public init(location: Tensor, scale: Tensor) {
    let both = broadcastParameters("Logistic(location:scale:)", [location, scale])
    (self.location, self.scale) = (both[0], both[1])
  }

  /// The shape of the parameters.
  public var batchShape: [Int] { location.shape }
  /// Empty: outcomes are numbers.
  public var eventShape: [Int] { [] }
  /// All real numbers.
  public var support: Constraint { .real }
  /// Location and scale.
  public var parameters: [DistributionParameter] {
    [.init("location", location, .real), .init("scale", scale, .positive)]
  }
  /// The same distribution without the history of its parameters.
  public func detached() -> Logistic {
    Logistic(location: location.detached(), scale: scale.detached())
  }

  /// μ + s [log u − log(1 − u)] with u uniform on (0, 1).
  public func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    let u = uniformNoise(sampleShape + batchShape, using: generator, dtype: scale.dtype)
    return location + scale * (log(u) - log1p(-u))
  }

  /// log σ(z) + log σ(−z) − log s in nats.
  public func logProbability(_ value: Tensor) -> Tensor {
    let z = (value - location) / scale
    return logSigmoid(z) + logSigmoid(-z) - log(scale)
  }
}

extension Logistic: DistributionWithMoments, DistributionWithEntropy, DistributionWithCDF {
  /// μ.
  public var mean: Tensor { location }
  /// π² s²/3.
  public var variance: Tensor { squared(scale) * (Double.pi * Double.pi / 3) }
  /// 2 + log s in nats.
  public func entropy() -> Tensor { 2 + log(scale) }
  /// σ(z).
  public func cumulativeProbability(_ value: Tensor) -> Tensor {
    sigmoid((value - location) / scale)
  }
}

/// Uniform numbers of (0, 1), neither end included, so that both logarithms are finite.
func uniformNoise(_ shape: [Int], using generator: Generator, dtype: DType) -> Tensor {
  Tensor.uniform(shape, from: dtype.epsilon ?? 0, to: 1, using: generator, dtype: dtype)
    .clamped(max: 1 - (dtype.epsilon ?? 0) / 2)
}
