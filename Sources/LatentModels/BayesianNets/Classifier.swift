public import Datasets
public import LatentCore
public import LatentNN
public import Torch

/// An encoder with a last layer that gives the probabilities of classes.
///
///     let head = DiscriminativeHead(GaussianWeights(128, 10, using: generator))
///     let classifier = Classifier(encoder: encoder, head: head, classNames: names, codeSize: 128)
///
/// What is minimised is −bound + w · D/N: the bound on log p(y|x) of the last layer, mean over the batch, and its
/// divergence D from the prior, once for all N training examples. Held out, `nll` is −log p(y|x) of the
/// predictive distribution. **Shapes**: examples `[B, …]`, labels `[B]`.
public final class Classifier: Module, Method, Classifies, Encodes {
  /// Examples to features `[B, codeSize]`.
  public let encoder: any UnaryLayer
  /// Features to classes.
  public let head: any ClassificationHead
  /// The names of the classes.
  public let classNames: [String]
  /// w, the weight of the divergence; 1 for the variational bound.
  public let divergenceWeight: Double
  /// Numbers that are no pictures are standardised first.
  private let scaling: InputScaling?
  private let codeSize: Int

  /// A classifier of these parts; `inputs` is the number of elements of examples that are to be standardised, nil
  /// for none.
  public init(
    encoder: any UnaryLayer, head: any ClassificationHead, classNames: [String], codeSize: Int,
    divergenceWeight: Double = 1, standardising inputs: Int? = nil
  ) {
    self.encoder = encoder
    self.head = head
    self.classNames = classNames
    self.codeSize = codeSize
    self.divergenceWeight = divergenceWeight
    scaling = inputs.map { InputScaling($0) }
  }

  /// Itself.
  public var model: Module { self }
  /// The held-out negative log-likelihood of the labels.
  public var selection: Selection { Selection(term: "nll", isBetterWhenLarger: false) }
  /// Features.
  public var codeShape: [Int] { [codeSize] }

  /// `nll`, −bound, and `divergence`, D/N, where the head has one; both in nats an example.
  public func terms(_ batch: Batch, _ step: Step) -> Terms {
    if mode == .training { scaling?.fitOnce(to: batch.examples.flattened(from: 1)) }
    var terms = Terms()
    let bound = head.bound(encode(batch.examples), Self.labels(batch))
    terms.minimise("nll", -bound.mean(), unit: .nats)
    if let divergence = head.divergence {
      terms.obey(.annealing)
      terms.minimise(
        "divergence", divergence / step.exampleCount, unit: .nats,
        weight: divergenceWeight * step.rateWeight)
    }
    return terms
  }

  /// `nll` and `accuracy` of the predictive distribution.
  public func heldOutTerms(_ batch: Batch, _ step: Step) -> Terms {
    let labels = Self.labels(batch)
    let found = classLogProbabilities(batch.examples, using: step.generator)
    var terms = Terms()
    let nll = negativeLogLikelihood(logProbabilities: found, targets: labels)
    terms.watch("nll", nll, unit: .nats)
    terms.watch("accuracy", (found.argMax(dim: 1) .== labels).to(found.dtype).mean(), unit: .plain)
    return terms
  }

  /// The features.
  public func encode(_ examples: Tensor) -> Tensor {
    encoder(scaling.map { $0(examples.flattened(from: 1)) } ?? examples)
  }

  /// log p(y|x) of every class.
  public func classLogProbabilities(_ examples: Tensor, using generator: Generator) -> Tensor {
    head.logProbabilities(encode(examples), using: generator)
  }

  /// The head's measure of how strange the features are.
  public func novelty(_ examples: Tensor, using generator: Generator) -> Tensor {
    head.novelty(encode(examples), using: generator)
  }

  private static func labels(_ batch: Batch) -> Tensor {
    guard let labels = batch.labels else {
      preconditionFailure("Classifier: the batch has no labels; train on data with classes")
    }
    return labels
  }
}
