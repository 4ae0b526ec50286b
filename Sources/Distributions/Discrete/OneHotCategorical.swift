public import Torch

/// One of K classes as a vector with a single 1, with probabilities softmax(l).
///
/// PyTorch: `torch.distributions.OneHotCategorical`.
public struct OneHotCategorical: Distribution {
  /// The same law over class numbers.
  public let categorical: Categorical

  /// From logits [..., K]; fails as operators do for a scalar.
  public init(logits: Tensor) { categorical = Categorical(logits: logits) }

  /// Unnormalised log-probabilities, of shape `batchShape` + [K].
  public var logits: Tensor { categorical.logits }
  /// The shape of the logits without its last size.
  public var batchShape: [Int] { categorical.batchShape }
  /// [K].
  public var eventShape: [Int] { [categorical.classes] }
  /// One-hot vectors, in the type of the logits.
  public var support: Constraint { .oneHot }
  /// The logits.
  public var parameters: [DistributionParameter] { categorical.parameters }
  /// The same distribution without the history of its parameters.
  public func detached() -> OneHotCategorical { OneHotCategorical(logits: logits.detached()) }

  /// One-hot rows of the class numbers that `Categorical` draws.
  public func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    categorical.sample(sampleShape, using: generator).oneHot(classes: categorical.classes)
      .to(logits.dtype)
  }

  /// Σ xₖ log softmax(l)ₖ in nats.
  public func logProbability(_ value: Tensor) -> Tensor {
    expectation(of: categorical.logProbabilities, under: value)
  }

  /// That of the class numbers, in nats.
  public func klDivergence(to q: OneHotCategorical) -> Tensor {
    categorical.klDivergence(to: q.categorical)
  }
}

extension OneHotCategorical: DistributionWithMoments, DistributionWithEntropy {
  /// softmax(l).
  public var mean: Tensor { categorical.probabilities }
  /// pₖ (1 − pₖ).
  public var variance: Tensor { mean * (1 - mean) }
  /// −Σ pₖ log pₖ in nats.
  public func entropy() -> Tensor { categorical.entropy() }
}
