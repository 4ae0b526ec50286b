public import Torch

/// The beta distribution of concentrations α and β.
///
/// p(x) = x^(α − 1) (1 − x)^(β − 1)/B(α, β) on (0, 1). Outcomes are g/(g + h) of two gamma numbers,
/// differentiable by implicit reparameterisation; they are kept off 0 and 1.
/// PyTorch: `torch.distributions.Beta`, whose `concentration1` is α.
public struct Beta: ReparameterizedDistribution {
  /// The concentration α > 0 at 1, of shape `batchShape`.
  public let alpha: Tensor
  /// The concentration β > 0 at 0, of shape `batchShape`.
  public let beta: Tensor

  /// From α and β; shapes broadcast or fail as operators do.
  public init(alpha: Tensor, beta: Tensor) {
    let both = broadcastParameters("Beta(alpha:beta:)", [alpha, beta])
    (self.alpha, self.beta) = (both[0], both[1])
  }

  /// The shape of the parameters.
  public var batchShape: [Int] { alpha.shape }
  /// Empty: outcomes are numbers.
  public var eventShape: [Int] { [] }
  /// [0, 1].
  public var support: Constraint { .unitInterval }
  /// α and β.
  public var parameters: [DistributionParameter] {
    [.init("alpha", alpha, .positive), .init("beta", beta, .positive)]
  }
  /// The same distribution without the history of its parameters.
  public func detached() -> Beta { Beta(alpha: alpha.detached(), beta: beta.detached()) }

  /// (x, 1 − x) is a Dirichlet vector with concentrations (α, β).
  public var dirichlet: Dirichlet { Dirichlet(concentration: stacked([alpha, beta], dim: -1)) }

  /// The first part of a Dirichlet draw.
  public func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    let epsilon = alpha.dtype.epsilon ?? 0
    return dirichlet.sample(sampleShape, using: generator)[.ellipsis, 0]
      .clamped(max: 1 - epsilon / 2)
  }

  /// (α − 1) log x + (β − 1) log(1 − x) − log B(α, β) in nats.
  public func logProbability(_ value: Tensor) -> Tensor {
    let powers = xLogY(alpha - 1, value) + (beta - 1) * log1p(-value)
    return powers + lgamma(alpha + beta) - lgamma(alpha) - lgamma(beta)
  }

  /// That of the Dirichlet distributions, in nats.
  public func klDivergence(to q: Beta) -> Tensor { dirichlet.klDivergence(to: q.dirichlet) }
}

extension Beta: DistributionWithMoments, DistributionWithEntropy {
  /// α/(α + β).
  public var mean: Tensor { alpha / (alpha + beta) }
  /// αβ/((α + β)² (α + β + 1)).
  public var variance: Tensor {
    let total = alpha + beta
    return alpha * beta / (squared(total) * (total + 1))
  }
  /// log B − (α − 1) ψ(α) − (β − 1) ψ(β) + (α + β − 2) ψ(α + β) in nats.
  public func entropy() -> Tensor { dirichlet.entropy() }
}
