public import Torch

/// The continuous Bernoulli distribution on [0, 1], of logit l.
///
/// p(x) = e^(l x)/∫₀¹ e^(l t) dt, so log p(x) = l (x − ½) − log(sinh y/y) with y = ½ l. It is the
/// likelihood that Bernoulli cross entropy on grey pictures lacks the normaliser of. Written in the
/// logit, the singularity at λ = ½ of the paper's normaliser is the removable one of sinh y/y at 0;
/// a series takes over near it. Finite for every finite logit. Source: Loaiza-Ganem and Cunningham
/// 2019, arXiv 1907.06845, equations 7 to 10. PyTorch: `torch.distributions.ContinuousBernoulli`.
public struct ContinuousBernoulli: ReparameterizedDistribution {
  /// The logit l of the parameter λ, of shape `batchShape`.
  public let logits: Tensor

  /// From logits; fails as operators do unless they are floating-point.
  public init(logits: Tensor) {
    checkVector("ContinuousBernoulli(logits:)", logits, rank: 0)
    self.logits = logits
  }

  /// The shape of the logits.
  public var batchShape: [Int] { logits.shape }
  /// Empty: outcomes are numbers.
  public var eventShape: [Int] { [] }
  /// [0, 1].
  public var support: Constraint { .unitInterval }
  /// l.
  public var parameters: [DistributionParameter] { [.init("logits", logits, .real)] }
  /// The same distribution without the history of its parameters.
  public func detached() -> ContinuousBernoulli { ContinuousBernoulli(logits: logits.detached()) }

  /// The quantile function at uniform numbers.
  public func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    quantile(uniformNoise(sampleShape + batchShape, using: generator, dtype: logits.dtype))
  }

  /// l (x − ½) − log(sinh y/y) in nats, y = ½ l.
  public func logProbability(_ value: Tensor) -> Tensor {
    logits * (value - 0.5) - logSinhRatio(0.5 * logits)
  }

  /// The x with P(X ≤ x) = u, log(1 + u (eˡ − 1))/l.
  public func quantile(_ u: Tensor) -> Tensor {
    let small = abs(logits) .< 0.02
    // Cumulants of a Bernoulli variable of mean u give the series in l.
    let v = u * (1 - u)
    let third = (1 - 2 * u) / 6
    let fourth = (1 - 6 * v) / 24
    let fifth = (1 - 2 * u) * (1 - 12 * v) / 120
    let near = logits.replacing(with: 0, where: .!small)
    let slopes = near * (0.5 + near * (third + near * (fourth + near * fifth)))
    let series = u + v * slopes
    // Away from 0 the exponent is kept negative, by X → 1 − X, so that nothing overflows.
    let far = logits.replacing(with: 1, where: small)
    let positive = far .> 0
    let down = -abs(far)
    let level = u.replacing(with: 1 - u, where: positive)
    let low = log1p(level * expm1(down)) / down
    return low.replacing(with: 1 - low, where: positive).replacing(with: series, where: small)
  }

  /// (l − l′) E[x] + log(sinh y′/y′) − log(sinh y/y) − ½(l − l′) in nats.
  public func klDivergence(to q: ContinuousBernoulli) -> Tensor {
    let moved = 0.5 * (logits - q.logits) * langevin(0.5 * logits)
    return (moved + logSinhRatio(0.5 * q.logits) - logSinhRatio(0.5 * logits)).clamped(min: 0)
  }
}

extension ContinuousBernoulli: DistributionWithMoments, DistributionWithEntropy {
  /// ½ + ½ (coth y − 1/y), y = ½ l.
  public var mean: Tensor { 0.5 + 0.5 * langevin(0.5 * logits) }
  /// ¼ (1/y² − 1/sinh² y).
  public var variance: Tensor { 0.25 * langevinSlope(0.5 * logits) }
  /// log(sinh y/y) − y (coth y − 1/y) in nats.
  public func entropy() -> Tensor {
    let y = 0.5 * logits
    return logSinhRatio(y) - y * langevin(y)
  }
}
