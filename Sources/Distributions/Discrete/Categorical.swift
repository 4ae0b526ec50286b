public import Torch

/// One of K classes with probabilities softmax(l), from logits l.
///
/// Outcomes are int64 class numbers 0 ..< K. P(k) = exp(lₖ)/Σ exp(lⱼ). A logit of −∞ means
/// probability 0. PyTorch: `torch.distributions.Categorical`.
public struct Categorical: Distribution {
  /// Unnormalised log-probabilities, of shape `batchShape` + [K].
  public let logits: Tensor

  /// From logits [..., K]; fails as operators do for a scalar.
  public init(logits: Tensor) {
    checkVector("Categorical(logits:)", logits)
    self.logits = logits
  }

  /// From probabilities [..., K], which need not sum to 1.
  public init(probabilities: Tensor) {
    self.init(logits: log(probabilities))
  }

  /// The number of classes K.
  public var classes: Int { logits.size(-1) }
  /// The shape of the logits without its last size.
  public var batchShape: [Int] { Array(logits.shape.dropLast()) }
  /// Empty: outcomes are class numbers.
  public var eventShape: [Int] { [] }
  /// 0 ..< K.
  public var support: Constraint { .index(count: classes) }
  /// The logits.
  public var parameters: [DistributionParameter] {
    [.init("logits", logits, .each(.logits, dims: 1))]
  }
  /// log softmax(l).
  public var logProbabilities: Tensor { logSoftmax(logits, dim: -1) }
  /// softmax(l).
  public var probabilities: Tensor { softmax(logits, dim: -1) }

  /// The same distribution without the history of its parameters.
  public func detached() -> Categorical { Categorical(logits: logits.detached()) }

  /// Class numbers from one call of `Tensor.multinomial`, as PyTorch draws them.
  public func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    withoutGradients {
      let count = sampleShape.reduce(1, *)
      let shape = sampleShape + batchShape
      if shape.contains(0) { return .zeros(shape, dtype: .int64, device: logits.device) }
      let rows = probabilities.reshaped([-1, classes])
      let drawn = Tensor.multinomial(rows, count: count, using: generator)  // [rows, count]
      return drawn.transposed(0, 1).reshaped(shape)
    }
  }

  /// log softmax(l) at class `value` (int64), in nats.
  public func logProbability(_ value: Tensor) -> Tensor {
    let table = logProbabilities
    let shape = broadcastShape(value.shape, batchShape) ?? value.shape
    let index = value.to(.int64).broadcast(to: shape).unsqueezed(dim: -1)
    return table.broadcast(to: shape + [classes]).gathered(index, dim: -1).squeezed(dim: -1)
  }

  /// The most probable class, int64 of shape `batchShape`.
  public var mode: Tensor { logits.argMax(dim: -1) }
}

extension Categorical: DistributionWithEntropy {
  /// −Σ pₖ log pₖ in nats, classes of probability 0 counting 0.
  public func entropy() -> Tensor {
    expectation(of: -logProbabilities, under: probabilities)
  }
}

/// Σ pₖ fₖ over the last dimension, where classes of probability 0 count 0 even if f is infinite.
func expectation(of f: Tensor, under probabilities: Tensor) -> Tensor {
  // The mask goes on f and not on the product, so that gradients meet no 0 · ∞ either.
  (probabilities * f.replacing(with: 0, where: probabilities .== 0)).sum(dim: -1)
}
