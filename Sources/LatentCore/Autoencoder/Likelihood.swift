public import Torch

/// A distribution of examples whose elements are independent given the decoder's output.
public protocol Likelihood: Sendable {
  /// How many numbers the decoder gives for each element.
  var parametersPerElement: Int { get }

  /// Examples as the likelihood is a likelihood of, in their shape.
  func targets(_ examples: Tensor, using generator: Generator) -> Tensor

  /// log p(x) of each element for targets `[…, elements]` and parameters
  /// `[…, elements · parametersPerElement]` (all first parameters, then all second ones), summed:
  /// `[…]`.
  func logProbability(_ targets: Tensor, parameters: Tensor) -> Tensor

  /// The mean of each element, `[…, elements]`, in the data's range.
  func mean(_ parameters: Tensor) -> Tensor

  /// What `logProbability` is measured in: nats for a likelihood.
  var unit: TermUnit { get }

  /// What the likelihood is a density over, in words; see `Scores`.
  var density: String { get }
}

extension Likelihood {
  /// One.
  public var parametersPerElement: Int { 1 }

  /// The examples.
  public func targets(_ examples: Tensor, using generator: Generator) -> Tensor { examples }

  /// Nats.
  public var unit: TermUnit { .nats }

  /// The data's numbers.
  public var density: String { "the data's numbers" }
}

/// A likelihood that examples can be drawn from, as dreams and ancestral samples need.
public protocol GenerativeLikelihood: Likelihood {
  /// An example of each row of parameters `[n, elements · parametersPerElement]`, `[n, elements]`, as targets
  /// are; no gradient goes through it.
  func sample(_ parameters: Tensor, using generator: Generator) -> Tensor
}
