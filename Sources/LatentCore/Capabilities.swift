public import Torch

// What a trained model can do. Commands, metrics and reports ask for these, never for classes.

/// Maps examples to codes.
public protocol Encodes {
  /// The size of a code.
  var codeShape: [Int] { get }
  /// The representative codes (the posterior's mean) of `examples` [n, …]: [n] + `codeShape`.
  func encode(_ examples: Tensor) -> Tensor
}

/// Maps codes to examples.
public protocol Decodes {
  /// The mean example of each code [n] + code shape: [n] + example shape, in the data's range.
  func decode(_ codes: Tensor) -> Tensor
}

/// Draws new examples.
public protocol Samples {
  /// `count` examples from the model, as means of the likelihood: [count] + example shape.
  func sample(_ count: Int, using generator: Generator) -> Tensor
}

/// Draws new examples under a condition, such as a label.
public protocol Conditions {
  /// The names of the conditions in the order of their numbers.
  var conditionNames: [String] { get }
  /// An example of each condition `[n]` int64, as the mean of the likelihood: [n] + example shape.
  func sample(conditions: Tensor, using generator: Generator) -> Tensor
}

/// Passes examples through the code and back.
public protocol Reconstructs {
  /// The mean example after encoding and decoding, in the shape of `examples`.
  func reconstruct(_ examples: Tensor) -> Tensor
}

/// Bounds or computes how probable examples are.
public protocol Scores {
  /// What the score is, such as `ELBO`.
  var bound: String { get }
  /// What the density is over, such as `ones and zeros, binarised anew each time`; scores of densities
  /// over different things cannot be compared.
  var density: String { get }
  /// The score of each example in nats, [n].
  func score(_ examples: Tensor, using generator: Generator) -> Tensor
}

/// Weighs draws of the code, for importance-weighted bounds and annealed importance sampling.
public protocol Weighs {
  /// log p(x, z) − log q(z|x) in nats for `draws` codes z ~ q(z|x) an example: [draws, n].
  func logWeights(_ examples: Tensor, draws: Int, using generator: Generator) -> Tensor
}

/// Shows its posterior and likelihood, so that a diagnosis can look inside.
public protocol Inspectable: Infers {
  /// Examples as encoder and likelihood see them in training.
  func targets(_ examples: Tensor, using generator: Generator) -> Tensor
  /// log p(x|z) of each target at its code, [n], in the likelihood's unit.
  func logLikelihood(_ targets: Tensor, codes: Tensor) -> Tensor
  /// `count` codes from p(z).
  func samplePrior(_ count: Int, using generator: Generator) -> Tensor
  /// The distribution of independent elements that the decoder ends in, or nil for another kind.
  var likelihood: (any Likelihood)? { get }
}

/// Tells classes from codes, by a head of its own.
public protocol ClassifiesCodes: Encodes {
  /// The names of the classes in the order of their numbers.
  var classNames: [String] { get }
  /// log p(class|code) up to a constant for each code `[n]` + code shape: [n, classes].
  func classLogits(of codes: Tensor) -> Tensor
}

/// Tells how probable edges of graphs are.
public protocol PredictsLinks {
  /// The logit of an edge between the two nodes of each pair: graphs [b, …] and pairs [b, k, 2] int64 → [b, k].
  func linkLogits(_ graphs: Tensor, pairs: Tensor) -> Tensor
}

/// Writes examples as words: entries of a codebook, or classes of categorical variables.
///
/// Places that share one codebook share its numbers; places with classes of their own have numbers of
/// their own, those of the second variable behind those of the first.
public protocol UsesCodebook {
  /// The number of entries, of all codebooks together.
  var codeCount: Int { get }
  /// The entries that stand for each example: whole numbers of 0 ..< codeCount, [n, …].
  func codeIndices(_ examples: Tensor) -> Tensor
}

/// Turns examples into codes that a learned prior makes short.
public protocol Compresses {
  /// The bits that the code of each example takes under the model's prior, [n].
  func codeLength(_ examples: Tensor) -> Tensor
}

extension Scores {
  /// The data's numbers.
  public var density: String { "the data's numbers" }
}

extension Reconstructs where Self: Encodes & Decodes {
  /// decode(encode(x)).
  public func reconstruct(_ examples: Tensor) -> Tensor { decode(encode(examples)) }
}
