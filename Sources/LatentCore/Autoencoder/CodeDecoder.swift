public import LatentNN
public import Torch

/// Codes → what they say about examples: p(x|z). (Not `Decoder`: that is the name of Swift's own protocol.)
public protocol CodeDecoder: Module {
  /// Examples as the likelihood is a likelihood of: binarised, quantised, or as they are.
  func targets(_ examples: Tensor, using generator: Generator) -> Tensor

  /// log p(x|z) of targets `[B, …]` for codes `[B] + codeShape` → `[B]`, or for K codes an example,
  /// `[K, B] + codeShape` → `[K, B]`; in the decoder's unit.
  func logLikelihood(_ targets: Tensor, codes: Tensor) -> Tensor

  /// The mean example of each code, `[n] + exampleShape`, in the data's range.
  func mean(_ codes: Tensor) -> Tensor

  /// An example of each code as one shows it: by default the mean.
  func generate(_ codes: Tensor, using generator: Generator) -> Tensor

  /// What the likelihood is measured in: nats if it is one.
  var unit: TermUnit { get }

  /// What the likelihood is a density over, in words; see `Scores`.
  var density: String { get }
}

extension CodeDecoder {
  /// The mean.
  public func generate(_ codes: Tensor, using generator: Generator) -> Tensor { mean(codes) }

  /// Nats.
  public var unit: TermUnit { .nats }

  /// The data's numbers.
  public var density: String { "the data's numbers" }
}
