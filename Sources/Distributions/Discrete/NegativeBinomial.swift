public import Torch

/// Counts of successes before r failures, a Poisson distribution whose rate is gamma distributed.
///
/// P(x) = Γ(x + r)/(x! Γ(r)) · σ(−l)ʳ σ(l)ˣ with r > 0, not only integers, and the logit l of a
/// success. PyTorch: `torch.distributions.NegativeBinomial`.
public struct NegativeBinomial: Distribution {
  /// The number of failures r > 0, the inverse dispersion, of shape `batchShape`.
  public let totalCount: Tensor
  /// The log-odds l of a success, of shape `batchShape`.
  public let logits: Tensor

  /// From r and l; shapes broadcast or fail as operators do.
  public init(totalCount: Tensor, logits: Tensor) {
    let both = broadcastParameters("NegativeBinomial(totalCount:logits:)", [totalCount, logits])
    (self.totalCount, self.logits) = (both[0], both[1])
  }

  /// From the mean and r, of variance mean + mean²/r, as models of sequencing counts have it.
  public init(mean: Tensor, inverseDispersion: Tensor) {
    self.init(totalCount: inverseDispersion, logits: log(mean) - log(inverseDispersion))
  }

  /// The shape of the parameters.
  public var batchShape: [Int] { logits.shape }
  /// Empty: outcomes are counts.
  public var eventShape: [Int] { [] }
  /// Integers from 0, in the type of the parameters.
  public var support: Constraint { .nonNegativeInteger }
  /// r and l.
  public var parameters: [DistributionParameter] {
    [.init("totalCount", totalCount, .positive), .init("logits", logits, .real)]
  }
  /// The same distribution without the history of its parameters.
  public func detached() -> NegativeBinomial {
    NegativeBinomial(totalCount: totalCount.detached(), logits: logits.detached())
  }

  /// A Poisson count whose rate is a gamma number of shape r and scale eˡ.
  public func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    withoutGradients {
      let shapes = totalCount.broadcast(to: sampleShape + batchShape)
      return .poisson(gammaNoise(shapes, using: generator) * exp(logits), using: generator)
    }
  }

  /// r log σ(−l) + x log σ(l) + log Γ(x + r) − log x! − log Γ(r) in nats.
  public func logProbability(_ value: Tensor) -> Tensor {
    let powers = totalCount * logSigmoid(-logits) + value * logSigmoid(logits)
    return powers + lgamma(value + totalCount) - lgamma(value + 1) - lgamma(totalCount)
  }
}

extension NegativeBinomial: DistributionWithMoments {
  /// r eˡ.
  public var mean: Tensor { totalCount * exp(logits) }
  /// r eˡ (1 + eˡ).
  public var variance: Tensor { mean * (1 + exp(logits)) }
}
