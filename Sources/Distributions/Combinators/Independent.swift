public import Torch

/// A distribution whose last batch dimensions are components of one outcome.
///
/// log p(x) = Σ log pᵢ(xᵢ) over those dimensions. With `base` of batch shape [b, d] and `eventDims`
/// 1 the batch shape is [b] and the event shape [d]. PyTorch: `torch.distributions.Independent`.
public struct Independent<Base: Distribution>: Distribution {
  /// The distribution of the components.
  public let base: Base
  /// How many of its batch dimensions are components.
  public let eventDims: Int

  /// The last `eventDims` batch dimensions of `base` become the first of the event.
  ///
  /// Fails as operators do if `base` has fewer.
  public init(_ base: Base, eventDims: Int = 1) {
    self.base = base
    let available = base.batchShape.count
    if eventDims < 0 || eventDims > available {
      fail(
        "Independent(\(Base.self))", [],
        "eventDims is \(eventDims), expected 0 to the \(available) dimensions of batch shape "
          + "\(base.batchShape)")
      self.eventDims = 0
    } else {
      self.eventDims = eventDims
    }
  }

  /// The batch shape of the base without its last `eventDims` sizes.
  public var batchShape: [Int] { Array(base.batchShape.dropLast(eventDims)) }

  /// Those sizes before the event shape of the base.
  public var eventShape: [Int] { Array(base.batchShape.suffix(eventDims)) + base.eventShape }

  /// The base's support in every component.
  public var support: Constraint { .each(base.support, dims: eventDims) }

  /// The base's parameters.
  public var parameters: [DistributionParameter] { base.parameters }

  /// The same distribution without the history of its parameters.
  public func detached() -> Independent { Independent(base.detached(), eventDims: eventDims) }

  /// Outcomes of the base, with its gradients.
  public func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    base.sample(sampleShape, using: generator)
  }

  /// The sum of the components' log-probabilities in nats.
  public func logProbability(_ value: Tensor) -> Tensor {
    base.logProbability(value).sumOfLast(eventDims)
  }
}

extension Independent: ReparameterizedDistribution where Base: ReparameterizedDistribution {}

extension Independent: DistributionWithMoments where Base: DistributionWithMoments {
  /// The components' means.
  public var mean: Tensor { base.mean }
  /// The components' variances.
  public var variance: Tensor { base.variance }
}

extension Independent: DistributionWithEntropy where Base: DistributionWithEntropy {
  /// The sum of the components' entropies in nats.
  public func entropy() -> Tensor { base.entropy().sumOfLast(eventDims) }
}

extension Distribution {
  /// The last `eventDims` batch dimensions as components of one outcome.
  public func independent(_ eventDims: Int = 1) -> Independent<Self> {
    Independent(self, eventDims: eventDims)
  }
}

/// Lets the table of divergences see through `Independent` whatever its base is.
protocol ComponentwiseDistribution: Distribution {
  var componentDistribution: any Distribution { get }
  var eventDims: Int { get }
}

extension Independent: ComponentwiseDistribution {
  var componentDistribution: any Distribution { base }
}
