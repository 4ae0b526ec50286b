public import Torch

/// A normal distribution of the tangent space at the origin of hyperbolic space, moved to a mean
/// and wrapped onto the hyperboloid.
///
/// x = exp_μ(P v) with v ~ N(0, diag σ²) in R^n and parallel transport P from the origin to μ, so that
/// log p(x) = log N(v; 0, σ²) − (n − 1) log(sinh r/r) by hyperbolic volume, r = ‖v‖ the distance of x
/// from μ. Exact in closed form and reparameterised. Points as in `Lorentz`, with its limits in
/// float32. Source: Nagano et al. 2019, arXiv 1902.02992, algorithms 1 and 2.
public struct WrappedHyperbolicNormal: ReparameterizedDistribution {
  /// The mean μ, points of shape `batchShape` + [n + 1].
  public let location: Tensor
  /// The standard deviations σ > 0 in the tangent space, of shape `batchShape` + [n].
  public let standardDeviation: Tensor

  /// From points [..., n + 1] and standard deviations [..., n]; fails as operators do for shapes
  /// that do not fit.
  public init(location: Tensor, standardDeviation: Tensor) {
    let name = "WrappedHyperbolicNormal(location:standardDeviation:)"
    checkVector(name, location)
    checkVector(name, standardDeviation)
    let n = standardDeviation.shape.last ?? 0
    let batch = broadcastShape(
      Array(location.shape.dropLast()), Array(standardDeviation.shape.dropLast()))
    guard let batch, location.shape.last == n + 1 else {
      fail(name, [location, standardDeviation], "expected [..., n + 1] and [..., n]")
      (self.location, self.standardDeviation) = (location, standardDeviation)
      return
    }
    self.location = location.broadcast(to: batch + [n + 1])
    self.standardDeviation = standardDeviation.broadcast(to: batch + [n])
  }

  /// The dimension n of the space.
  public var dimension: Int { standardDeviation.size(-1) }
  /// The shape of the points without its last size.
  public var batchShape: [Int] { Array(location.shape.dropLast()) }
  /// [n + 1].
  public var eventShape: [Int] { [dimension + 1] }
  /// Points of the hyperboloid.
  public var support: Constraint { .hyperboloid }
  /// μ and σ.
  public var parameters: [DistributionParameter] {
    [
      .init("location", location, .hyperboloid),
      .init("standardDeviation", standardDeviation, .positive),
    ]
  }
  /// The same distribution without the history of its parameters.
  public func detached() -> WrappedHyperbolicNormal {
    WrappedHyperbolicNormal(
      location: location.detached(), standardDeviation: standardDeviation.detached())
  }

  private var tangent: Normal {
    Normal(mean: .zeros(like: standardDeviation), standardDeviation: standardDeviation)
  }

  /// exp_μ(P σ ε) with ε standard normal.
  public func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    Lorentz.expMap(tangent.sample(sampleShape, using: generator), transportedTo: location)
  }

  /// log N(v; 0, σ²) − (n − 1) log(sinh r/r) in nats.
  public func logProbability(_ value: Tensor) -> Tensor {
    logProbability(ofVelocity: Lorentz.logMap(value, transportedFrom: location))
  }

  /// From the velocity itself, which loses no digits far from the origin.
  public func sampleWithLogProbability(
    _ sampleShape: [Int], using generator: Generator
  ) -> (value: Tensor, logProbability: Tensor) {
    let v = tangent.sample(sampleShape, using: generator)
    return (Lorentz.expMap(v, transportedTo: location), logProbability(ofVelocity: v))
  }

  private func logProbability(ofVelocity v: Tensor) -> Tensor {
    let volume = logSinhRatio(Lorentz.norm(v)).squeezed(dim: -1)
    return tangent.logProbability(v).sum(dim: -1) - Double(dimension - 1) * volume
  }
}
