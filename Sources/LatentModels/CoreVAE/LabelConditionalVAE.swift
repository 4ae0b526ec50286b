public import Datasets
import Distributions
public import LatentCore
public import LatentNN
public import Torch

/// A conditional autoencoder whose conditions are labels, trained for an objective.
public final class LabelConditionalVAE: Method, Samples, Scores, Conditions {
  /// The network.
  public let network: ConditionalAutoencoder
  /// What is minimised.
  public let objective: any Objective
  /// The names of the labels.
  public let conditionNames: [String]

  /// A method from its parts.
  public init(
    _ network: ConditionalAutoencoder, objective: any Objective, conditionNames: [String]
  ) {
    (self.network, self.objective, self.conditionNames) = (network, objective, conditionNames)
  }

  /// The network.
  public var model: Module { network }
  /// The objective's.
  public var players: [Player] { objective.players ?? [Player()] }
  /// By the evidence lower bound of the examples given their labels.
  public var selection: Selection { Selection(term: "elbo", isBetterWhenLarger: true) }
  /// `elbo-over-labels`: log Σ p(x, z | y)/q(z | x, y)/classes with one draw of z for each label y.
  public var bound: String { "elbo-over-labels" }

  /// The objective's terms given the labels of the batch; stops for a batch without labels.
  public func terms(_ batch: Batch, _ step: Step) -> Terms {
    guard let labels = batch.labels else {
      preconditionFailure("a conditional model needs the labels of its examples")
    }
    return objective.terms(Pass(network.under(oneHot(labels)), batch, step))
  }

  /// A lower bound on log p(x) with all labels equally probable, in nats, `[n]`.
  public func score(_ examples: Tensor, using generator: Generator) -> Tensor {
    let targets = network.decoder.targets(examples, using: generator)
    let weights = conditionNames.indices.map { label in
      let labels = Tensor.full([targets.size(0)], label, dtype: .int64)
      return network.under(oneHot(labels)).logWeights(targets, draws: 1, using: generator)
        .values[0]
    }
    return logMeanExp(stacked(weights), dim: 0)
  }

  /// Examples of all labels in turn.
  public func sample(_ count: Int, using generator: Generator) -> Tensor {
    let labels = Tensor.arange(count).remainder(dividingBy: conditionNames.count)
    return sample(conditions: labels, using: generator)
  }

  /// An example of each label `[n]`.
  public func sample(conditions labels: Tensor, using generator: Generator) -> Tensor {
    network.sample(oneHot(labels), using: generator)
  }

  private func oneHot(_ labels: Tensor) -> Tensor {
    let dtype = network.parameters.first?.parameter.value.dtype ?? .float32
    return labels.to(.int64).oneHot(classes: conditionNames.count).to(dtype)
  }
}
