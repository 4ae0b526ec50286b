public import Torch

/// The Gumbel distribution of location μ and scale s, that of the largest of many.
///
/// p(x) = exp(−z − e^(−z))/s with z = (x − μ)/s. PyTorch: `torch.distributions.Gumbel`.
public struct Gumbel: ReparameterizedDistribution {
  /// The location μ, of shape `batchShape`.
  public let location: Tensor
  /// The scale s > 0, of shape `batchShape`.
  public let scale: Tensor

  /// From locations and scales; shapes broadcast or fail as operators do.
  public init(location: Tensor, scale: Tensor) {
    let both = broadcastParameters("Gumbel(location:scale:)", [location, scale])
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
  public func detached() -> Gumbel {
    Gumbel(location: location.detached(), scale: scale.detached())
  }

  /// μ − s log e with e exponential of rate 1.
  public func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    location + scale * gumbelNoise(sampleShape + batchShape, using: generator, dtype: scale.dtype)
  }

  /// −z − e^(−z) − log s in nats.
  public func logProbability(_ value: Tensor) -> Tensor {
    let z = (value - location) / scale
    return -(z + exp(-z)) - log(scale)
  }

  /// excess(log Γ(1 + r) − d) + log Γ(r) + γ (r − 1) in nats, with r = s/s′, d = (μ − μ′)/s′, Euler's
  /// constant γ and excess(x) = eˣ − 1 − x.
  public func klDivergence(to q: Gumbel) -> Tensor {
    let r = scale / q.scale
    let d = (location - q.location) / q.scale
    let shape = (lgamma(r) + eulerGamma * (r - 1)).clamped(min: 0)
    return shape + exponentialExcess(lgamma(1 + r) - d)
  }
}

extension Gumbel: DistributionWithMoments, DistributionWithEntropy, DistributionWithCDF {
  /// μ + γ s, γ Euler's constant.
  public var mean: Tensor { location + eulerGamma * scale }
  /// π² s²/6.
  public var variance: Tensor { squared(scale) * (Double.pi * Double.pi / 6) }
  /// 1 + γ + log s in nats.
  public func entropy() -> Tensor { log(scale) + (1 + eulerGamma) }
  /// exp(−e^(−z)).
  public func cumulativeProbability(_ value: Tensor) -> Tensor {
    exp(-exp((location - value) / scale))
  }
}

/// Euler's constant.
let eulerGamma = 0.577215664901532860606512090082

/// Standard Gumbel noise from one call of `Tensor.exponential`.
func gumbelNoise(_ shape: [Int], using generator: Generator, dtype: DType) -> Tensor {
  // The smallest draw may round to zero in half types.
  -log(Tensor.exponential(shape, using: generator, dtype: dtype).clamped(min: 1e-30))
}
