public import Torch

/// The Poisson distribution of rate λ over counts, kept as log λ.
///
/// P(x) = λˣ e^(−λ)/x!. PyTorch: `torch.distributions.Poisson`.
public struct Poisson: Distribution {
  /// log λ, of shape `batchShape`.
  public let logRate: Tensor

  /// From log-rates, as networks give them; fails as operators do unless floating-point.
  public init(logRate: Tensor) {
    checkVector("Poisson(logRate:)", logRate, rank: 0)
    self.logRate = logRate
  }

  /// From rates above 0.
  public init(rate: Tensor) { self.init(logRate: log(rate)) }

  /// λ.
  public var rate: Tensor { exp(logRate) }
  /// The shape of the rates.
  public var batchShape: [Int] { logRate.shape }
  /// Empty: outcomes are counts.
  public var eventShape: [Int] { [] }
  /// Integers from 0, in the type of the rates.
  public var support: Constraint { .nonNegativeInteger }
  /// log λ.
  public var parameters: [DistributionParameter] { [.init("logRate", logRate, .real)] }
  /// The same distribution without the history of its parameters.
  public func detached() -> Poisson { Poisson(logRate: logRate.detached()) }

  /// Counts from one call of `Tensor.poisson`, in the type of the rates.
  public func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    withoutGradients {
      .poisson(rate.broadcast(to: sampleShape + batchShape), using: generator)
    }
  }

  /// x log λ − λ − log x! in nats.
  public func logProbability(_ value: Tensor) -> Tensor {
    value * logRate - rate - lgamma(value + 1)
  }

  /// λ excess(log λ′/λ) in nats, excess(x) = eˣ − 1 − x.
  public func klDivergence(to q: Poisson) -> Tensor {
    rate * exponentialExcess(q.logRate - logRate)
  }
}

extension Poisson: DistributionWithMoments {
  /// λ.
  public var mean: Tensor { rate }
  /// λ.
  public var variance: Tensor { rate }
}
