public import Torch

/// The Laplace distribution of location μ and scale b.
///
/// p(x) = exp(−|x − μ|/b)/2b. PyTorch: `torch.distributions.Laplace`.
public struct Laplace: ReparameterizedDistribution {
  /// The location μ, of shape `batchShape`.
  public let location: Tensor
  /// The scale b > 0, of shape `batchShape`.
  public let scale: Tensor

  /// From locations and scales; shapes broadcast or fail as operators do.
  public init(location: Tensor, scale: Tensor) {
    let both = broadcastParameters("Laplace(location:scale:)", [location, scale])
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
  public func detached() -> Laplace {
    Laplace(location: location.detached(), scale: scale.detached())
  }

  /// μ − b sign(u) log(1 − |u|) with u uniform on (−1, 1).
  public func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    let u = Tensor.uniform(
      sampleShape + batchShape, from: (scale.dtype.epsilon ?? 0) - 1, to: 1, using: generator,
      dtype: scale.dtype)
    return location - scale * sign(u) * log1p(-abs(u))
  }

  /// −|x − μ|/b − log 2b in nats.
  public func logProbability(_ value: Tensor) -> Tensor {
    -abs(value - location) / scale - log(2 * scale)
  }

  /// Σ over both branches: excess(log b/b′) + (b/b′) excess(−|μ − μ′|/b), excess(x) = eˣ − 1 − x,
  /// in nats.
  public func klDivergence(to q: Laplace) -> Tensor {
    let ratio = log(scale) - log(q.scale)
    let distance = abs(location - q.location) / scale
    return exponentialExcess(ratio) + exp(ratio) * exponentialExcess(-distance)
  }
}

extension Laplace: DistributionWithMoments, DistributionWithEntropy, DistributionWithCDF {
  /// μ.
  public var mean: Tensor { location }
  /// 2 b².
  public var variance: Tensor { 2 * squared(scale) }
  /// 1 + log 2b in nats.
  public func entropy() -> Tensor { 1 + log(2 * scale) }
  /// ½ − ½ sign(z)(e^(−|z|) − 1), z = (x − μ)/b.
  public func cumulativeProbability(_ value: Tensor) -> Tensor {
    let z = (value - location) / scale
    return 0.5 - 0.5 * sign(z) * expm1(-abs(z))
  }
}
