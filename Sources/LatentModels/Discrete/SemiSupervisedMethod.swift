public import Datasets
import Distributions
public import LatentCore
public import LatentNN
public import Torch

/// Trains a `SemiSupervisedVAE` on data of which some labels are used.
///
/// Whether the label of an example is used depends on its index alone. The term `bound` is −L or −U,
/// mean over the batch; `classification` is α times the cross-entropy of the labelled ones, and
/// `accuracy`, watched, that of q(y|x) over the whole batch.
public final class SemiSupervisedMethod: Method, Encodes, Decodes, Samples, Scores {
  /// The model.
  public let network: SemiSupervisedVAE
  /// How unlabelled examples are inferred.
  public let inference: ClassInference
  /// The share of examples whose labels are used, 0 … 1.
  public let labelledFraction: Double
  /// α.
  public let classificationWeight: Double

  /// A method that uses the labels of this share of the examples.
  public init(
    _ network: SemiSupervisedVAE, inference: ClassInference, labelledFraction: Double,
    classificationWeight: Double
  ) {
    self.network = network
    self.inference = inference
    self.labelledFraction = labelledFraction
    self.classificationWeight = classificationWeight
  }

  /// The network.
  public var model: Module { network }
  /// Held-out accuracy.
  public var selection: Selection { Selection(term: "accuracy", isBetterWhenLarger: true) }

  /// Whether the label of the example with this index is used.
  public func isLabelled(_ index: Int) -> Bool {
    // SplitMix64's finaliser spreads neighbouring indices over 0 ..< 2⁶⁴.
    var z = UInt64(truncatingIfNeeded: index) &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) * 0x1p-53 < labelledFraction
  }

  /// The terms of a training batch.
  public func terms(_ batch: Batch, _ step: Step) -> Terms {
    terms(batch, step, by: inference, labelled: batch.indices.map(isLabelled))
  }

  /// The terms of a held-out batch, no label used and every class summed over.
  public func heldOutTerms(_ batch: Batch, _ step: Step) -> Terms {
    terms(batch, step, by: .marginal, labelled: batch.indices.map { _ in false })
  }

  /// Moves the temperature.
  public func afterStep(_ step: Step) { network.label.afterStep(step) }

  private func terms(
    _ batch: Batch, _ step: Step, by inference: ClassInference, labelled: [Bool]
  ) -> Terms {
    let targets = network.likelihood.targets(batch.examples, using: step.generator)
    let known = batch.labels ?? Tensor.zeros([batch.count], dtype: .int64)
    let logits = network.labels(of: targets).logits.squeezed(dim: 1)
    var bounds = Tensor.zeros([])
    var error = Tensor.zeros([])
    for isLabelled in [true, false] {
      let rows = labelled.indices.filter { labelled[$0] == isLabelled }
      guard !rows.isEmpty else { continue }
      let index = Tensor(rows)
      let part = targets.selected(index, dim: 0)
      guard isLabelled else {
        bounds += network.marginalBound(part, by: inference, using: step.generator).sum()
        continue
      }
      let classes = known.selected(index, dim: 0)
      let labels = classes.oneHot(classes: network.label.classes).to(targets.dtype)
      bounds += network.bound(part, labels: labels, using: step.generator).sum()
      error += crossEntropy(
        logits: logits.selected(index, dim: 0), targets: classes, reduction: .sum)
    }
    let hits = (logits.argMax(dim: 1) .== known).to(targets.dtype).mean()
    var terms = Terms()
    terms.watch("elbo", bounds / batch.count, unit: .nats)
    terms.minimise("bound", -bounds / batch.count, unit: .nats)
    terms.minimise(
      "classification", error / batch.count, unit: .nats, weight: classificationWeight)
    terms.watch("accuracy", hits, unit: .plain)
    return terms
  }

  /// Classes and then code dimensions.
  public var codeShape: [Int] { [network.label.classes + network.style.size] }

  /// q(y|x), then the mean of q(z|x, y) at the most probable class.
  public func encode(_ examples: Tensor) -> Tensor {
    let probabilities = network.labels(of: examples).probabilities.squeezed(dim: 1)
    let best = probabilities.argMax(dim: 1).oneHot(classes: network.label.classes)
      .to(probabilities.dtype)
    return concatenated(
      [probabilities, network.styles(of: examples, labels: best).mean], dim: 1)
  }

  /// The mean of the likelihood.
  public func decode(_ codes: Tensor) -> Tensor {
    let parts = codes.split(sizes: [network.label.classes, network.style.size], dim: 1)
    return network.mean(labels: parts[0], styles: parts[1])
  }

  /// Examples of classes in turn, with codes from the prior.
  public func sample(_ count: Int, using generator: Generator) -> Tensor {
    let classes = Tensor.arange(count, dtype: .int64).remainder(
      dividingBy: network.label.classes)
    let styles = Tensor.randn([count, network.style.size], using: generator)
    return network.mean(
      labels: classes.oneHot(classes: network.label.classes).to(.float32), styles: styles)
  }

  /// `ELBO`, summed over all classes.
  public var bound: String { "ELBO" }

  /// What the likelihood is over.
  public var density: String { network.likelihood.density }

  /// U(x) of each example, in nats.
  public func score(_ examples: Tensor, using generator: Generator) -> Tensor {
    let targets = network.likelihood.targets(examples, using: generator)
    return network.marginalBound(targets, by: .marginal, using: generator)
  }
}

extension SemiSupervisedMethod: Reconstructs {}

extension SemiSupervisedMethod: UsesCodebook {
  /// The classes.
  public var codeCount: Int { network.label.classes }

  /// The most probable class of each example, `[n, 1]`.
  public func codeIndices(_ examples: Tensor) -> Tensor {
    network.labels(of: examples).logits.argMax(dim: -1)
  }
}
