public import Torch

/// Predicts the class of an example, with probabilities.
public protocol Classifies {
  /// The names of the classes in the order of their numbers.
  var classNames: [String] { get }
  /// log p(y = k|x) of every class in nats, [n, classes]; the probabilities of a row sum to one.
  ///
  /// The generator serves predictive distributions that are averages over draws.
  func classLogProbabilities(_ examples: Tensor, using generator: Generator) -> Tensor
  /// How unlike the training data each example seems, [n]: larger is stranger, the scale is the method's own.
  func novelty(_ examples: Tensor, using generator: Generator) -> Tensor
}

/// Predicts numbers of an example, with their uncertainty.
public protocol Regresses {
  /// The names of the numbers that are predicted.
  var targetNames: [String] { get }
  /// Mean and variance of the normal predictive distribution of each number, [n, targets], in the data's units.
  func predict(_ examples: Tensor) -> (mean: Tensor, variance: Tensor)
}

extension Classifies {
  /// One minus the probability of the most probable class.
  ///
  /// **Source**: Hendrycks and Gimpel 2017, arXiv 1610.02136.
  public func novelty(_ examples: Tensor, using generator: Generator) -> Tensor {
    1 - exp(classLogProbabilities(examples, using: generator)).max(dims: [1])
  }
}
