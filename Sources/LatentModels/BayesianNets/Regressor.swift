public import Datasets
public import LatentCore
public import LatentNN
public import Torch

/// An encoder with a last layer that gives numbers and their uncertainty.
///
/// The targets are the continuous ones of a batch's factors, standardised by the first batch; predictions are in
/// their own units again. What is minimised is −E[log p(y|x)] + w · D/N as in `Classifier`; `nll` is in nats an
/// example of the targets' own units. **Shapes**: examples `[B, …]`, targets `[B, outputs]`.
public final class Regressor: Module, Method, Regresses, Encodes {
  /// Examples to features `[B, codeSize]`.
  public let encoder: any UnaryLayer
  /// Features to numbers.
  public let head: any RegressionHead
  /// The names of the targets.
  public let targetNames: [String]
  /// w, the weight of the divergence; 1 for the variational bound.
  public let divergenceWeight: Double
  /// The columns of `Batch.factors` that are targets.
  private let columns: [Int]
  private let scaling: InputScaling?
  private let targetScaling: InputScaling
  private let codeSize: Int

  /// A regressor of these parts.
  ///
  /// - Parameters:
  ///   - encoder: examples to features.
  ///   - head: features to numbers.
  ///   - targets: the names of the numbers.
  ///   - columns: which columns of `Batch.factors` they are; the first ones if nil.
  ///   - codeSize: the number of features.
  ///   - divergenceWeight: w.
  ///   - inputs: the number of elements of examples that are to be standardised, nil for none.
  public init(
    encoder: any UnaryLayer, head: any RegressionHead, targets: [String], columns: [Int]? = nil,
    codeSize: Int, divergenceWeight: Double = 1, standardising inputs: Int? = nil
  ) {
    precondition(
      targets.count == head.outputs,
      "Regressor: a head of \(head.outputs) outputs for \(targets.count) targets")
    self.encoder = encoder
    self.head = head
    self.codeSize = codeSize
    self.divergenceWeight = divergenceWeight
    targetNames = targets
    self.columns = columns ?? Array(targets.indices)
    scaling = inputs.map { InputScaling($0) }
    targetScaling = InputScaling(targets.count)
  }

  /// Itself.
  public var model: Module { self }
  /// The held-out negative log-likelihood of the targets.
  public var selection: Selection { Selection(term: "nll", isBetterWhenLarger: false) }
  /// Features.
  public var codeShape: [Int] { [codeSize] }

  /// `nll`, minus the expected log-likelihood, and `divergence`, D/N, where the head has one.
  public func terms(_ batch: Batch, _ step: Step) -> Terms {
    let targets = targets(batch)
    if mode == .training {
      scaling?.fitOnce(to: batch.examples.flattened(from: 1))
      targetScaling.fitOnce(to: targets)
    }
    let likelihood = head.expectedLogLikelihood(encode(batch.examples), targetScaling(targets))
    var terms = Terms()
    terms.minimise("nll", log(targetScaling.scale.value).sum() - likelihood.mean(), unit: .nats)
    if let divergence = head.divergence {
      terms.obey(.annealing)
      terms.minimise(
        "divergence", divergence / step.exampleCount, unit: .nats,
        weight: divergenceWeight * step.rateWeight)
    }
    return terms
  }

  /// `nll` of the predictive distribution and `squared-error` of its mean, summed over the targets.
  public func heldOutTerms(_ batch: Batch, _ step: Step) -> Terms {
    let targets = targets(batch)
    let (mean, variance) = predict(batch.examples)
    let error = squared(targets - mean)
    let nll = 0.5 * (log(variance * (2 * Double.pi)) + error / variance)
    var terms = Terms()
    terms.watch("nll", nll.sum(dim: 1).mean(), unit: .nats)
    terms.watch("squared-error", error.sum(dim: 1).mean(), unit: .squaredError)
    return terms
  }

  /// The features.
  public func encode(_ examples: Tensor) -> Tensor {
    encoder(scaling.map { $0(examples.flattened(from: 1)) } ?? examples)
  }

  /// Mean and variance in the targets' units.
  public func predict(_ examples: Tensor) -> (mean: Tensor, variance: Tensor) {
    let (mean, variance) = head.predictive(encode(examples))
    let scale = targetScaling.scale.value
    return (mean * scale + targetScaling.mean.value, variance * squared(scale))
  }

  private func targets(_ batch: Batch) -> Tensor {
    guard let factors = batch.factors else {
      preconditionFailure(
        "Regressor: the batch has no factors; train on data with numbers to predict")
    }
    if columns == Array(0..<factors.size(1)) { return factors }
    return factors.selected(Tensor(columns).to(factors.device), dim: 1)
  }
}
