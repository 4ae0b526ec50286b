public import Torch

/// A mixture Σ πₖ pₖ(x) of K distributions of one type.
///
/// `components` has batch shape [..., K], whose last dimension `mixing` chooses from. Draws choose a
/// component and carry no gradients, whatever the components do; the log-probability is
/// differentiable in everything. PyTorch: `torch.distributions.MixtureSameFamily`.
public struct MixtureSameFamily<Component: Distribution>: Distribution {
  /// The distribution of the component's number.
  public let mixing: Categorical
  /// The components, in the last batch dimension.
  public let components: Component
  /// The shape of the batch.
  public let batchShape: [Int]

  /// From the weights and the components; fails as operators do unless the last batch size of
  /// `components` is the number of classes of `mixing` and the other sizes broadcast.
  public init(mixing: Categorical, components: Component) {
    self.mixing = mixing
    self.components = components
    let outer = Array(components.batchShape.dropLast())
    let shape = broadcastShape(mixing.batchShape, outer)
    if components.batchShape.last != mixing.classes || shape == nil {
      fail(
        "MixtureSameFamily", [mixing.logits],
        "expected components of batch shape [..., \(mixing.classes)], "
          + "found \(components.batchShape)")
    }
    batchShape = shape ?? outer
  }

  /// The event shape of a component.
  public var eventShape: [Int] { components.eventShape }
  /// That of the components.
  public var support: Constraint { components.support.withoutBounds }
  /// The logits of the weights and the components' parameters.
  public var parameters: [DistributionParameter] { mixing.parameters + components.parameters }
  /// The same distribution without the history of its parameters.
  public func detached() -> MixtureSameFamily {
    MixtureSameFamily(mixing: mixing.detached(), components: components.detached())
  }

  private var dims: Int { eventShape.count }

  /// Draws of all components, of which the chosen one is kept.
  public func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    withoutGradients {
      let shape = sampleShape + batchShape
      let logits = mixing.logits.broadcast(to: batchShape + [mixing.classes])
      let chosen = Categorical(logits: logits).sample(sampleShape, using: generator)
      let draws = components.sample(missingShape(sampleShape), using: generator)
        .broadcast(to: shape + [mixing.classes] + eventShape)
      let index = eventShape.indices.reduce(chosen.unsqueezed(dim: -1)) { index, _ in
        index.unsqueezed(dim: -1)
      }
      let dim = shape.count
      return draws.gathered(index.expanded(shape + [1] + eventShape), dim: dim).squeezed(dim: dim)
    }
  }

  /// The sample shape that gives components of a smaller batch draws of their own everywhere.
  private func missingShape(_ sampleShape: [Int]) -> [Int] {
    sampleShape + batchShape.dropLast(components.batchShape.count - 1)
  }

  /// log Σ πₖ pₖ(x) in nats.
  public func logProbability(_ value: Tensor) -> Tensor {
    (mixing.logProbabilities + componentLogProbabilities(value)).logSumExp(dim: -1)
  }

  /// log P(k | x), of the shape of the log-probability + [K]: the responsibilities.
  public func componentPosterior(_ value: Tensor) -> Tensor {
    logSoftmax(mixing.logProbabilities + componentLogProbabilities(value), dim: -1)
  }

  private func componentLogProbabilities(_ value: Tensor) -> Tensor {
    components.logProbability(value.unsqueezed(dim: -1 - dims))
  }
}

extension MixtureSameFamily: DistributionWithMoments where Component: DistributionWithMoments {
  private var weights: Tensor {
    (0..<dims).reduce(mixing.probabilities) { weights, _ in weights.unsqueezed(dim: -1) }
  }

  /// Σ πₖ mₖ.
  public var mean: Tensor { (weights * components.mean).sum(dim: -1 - dims) }

  /// Σ πₖ [vₖ + (mₖ − m)²].
  public var variance: Tensor {
    let offset = components.mean - mean.unsqueezed(dim: -1 - dims)
    return (weights * (components.variance + squared(offset))).sum(dim: -1 - dims)
  }
}
