public import Torch

/// Student's t distribution of ν degrees of freedom, location μ and scale s.
///
/// p(x) ∝ (1 + z²/ν)^(−(ν + 1)/2)/s with z = (x − μ)/s. Outcomes are differentiable in all three
/// parameters, in ν by implicit reparameterisation of the gamma draw. In float32 the difference of
/// log-gammas loses digits above ν ≈ 10⁵. PyTorch: `torch.distributions.StudentT`.
public struct StudentT: ReparameterizedDistribution {
  /// The degrees of freedom ν > 0, of shape `batchShape`.
  public let degreesOfFreedom: Tensor
  /// The location μ, of shape `batchShape`.
  public let location: Tensor
  /// The scale s > 0, of shape `batchShape`.
  public let scale: Tensor

  /// From ν, μ and s; shapes broadcast or fail as operators do.
  public init(degreesOfFreedom: Tensor, location: Tensor, scale: Tensor) {
    let all = broadcastParameters(
      "StudentT(degreesOfFreedom:location:scale:)", [degreesOfFreedom, location, scale])
    (self.degreesOfFreedom, self.location, self.scale) = (all[0], all[1], all[2])
  }

  /// The shape of the parameters.
  public var batchShape: [Int] { location.shape }
  /// Empty: outcomes are numbers.
  public var eventShape: [Int] { [] }
  /// All real numbers.
  public var support: Constraint { .real }
  /// ν, μ and s.
  public var parameters: [DistributionParameter] {
    [
      .init("degreesOfFreedom", degreesOfFreedom, .positive), .init("location", location, .real),
      .init("scale", scale, .positive),
    ]
  }
  /// The same distribution without the history of its parameters.
  public func detached() -> StudentT {
    StudentT(
      degreesOfFreedom: degreesOfFreedom.detached(), location: location.detached(),
      scale: scale.detached())
  }

  /// μ + s ε/√(g/½ν) with ε standard normal and g a gamma number of shape ½ν.
  public func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    let shape = sampleShape + batchShape
    let normal = Tensor.randn(shape, using: generator, dtype: location.dtype)
    let half = (0.5 * degreesOfFreedom).broadcast(to: shape)
    let gamma = gammaNoise(half, using: generator)
    return location + scale * normal * rsqrt(gamma / half)
  }

  /// log Γ(½(ν + 1)) − log Γ(½ν) − ½ log πν − log s − ½(ν + 1) log(1 + z²/ν) in nats.
  public func logProbability(_ value: Tensor) -> Tensor {
    let z = (value - location) / scale
    let tail = 0.5 * (degreesOfFreedom + 1) * log1p(squared(z) / degreesOfFreedom)
    return -tail - logNormalizer - log(scale)
  }

  /// log of ∫ (1 + z²/ν)^(−(ν + 1)/2) dz.
  private var logNormalizer: Tensor {
    let gammas = lgamma(0.5 * degreesOfFreedom) - lgamma(0.5 * (degreesOfFreedom + 1))
    return gammas + 0.5 * log(Double.pi * degreesOfFreedom)
  }
}

extension StudentT: DistributionWithMoments, DistributionWithEntropy {
  /// μ; not a number for ν ≤ 1.
  public var mean: Tensor {
    location.replacing(with: Double.nan, where: degreesOfFreedom .<= 1)
  }

  /// s² ν/(ν − 2); +∞ for 1 < ν ≤ 2, not a number for ν ≤ 1.
  public var variance: Tensor {
    let finite = squared(scale) * degreesOfFreedom / (degreesOfFreedom - 2)
    return finite.replacing(with: Double.infinity, where: degreesOfFreedom .<= 2)
      .replacing(with: Double.nan, where: degreesOfFreedom .<= 1)
  }

  /// log s + log ∫ (1 + z²/ν)^(−(ν + 1)/2) dz + ½(ν + 1)[ψ(½(ν + 1)) − ψ(½ν)] in nats.
  public func entropy() -> Tensor {
    let half = 0.5 * (degreesOfFreedom + 1)
    return log(scale) + logNormalizer + half * (digamma(half) - digamma(0.5 * degreesOfFreedom))
  }
}
