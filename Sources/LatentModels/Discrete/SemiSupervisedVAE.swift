public import Distributions
public import LatentCore
public import LatentNN
public import Torch

/// How the class of an example without a label is summed or drawn.
public enum ClassInference: String, Sendable, CaseIterable, ConfigValue {
  /// Every class, weighed by q(y|x): exact, at a cost linear in their number.
  case marginal
  /// One relaxed draw of the class, at a cost that hardly depends on their number.
  case gumbel
}

/// A class y beside a Gaussian code z: p(y) p(z) p(x|y, z) with q(y|x) q(z|x, y).
///
/// An example with its label adds −L(x, y), L = log p(x|y, z) + log p(y) − KL(q(z|x, y) ‖ p(z)), and
/// −α log q(y|x); one without adds −U(x), U = E_{q(y|x)} L(x, y) + H(q(y|x)), its expectation over all
/// classes or at one relaxed draw. **Shapes**: y one-hot or relaxed `[B, classes]`, z `[B, latent]`; codes
/// are q(y|x) and then the mean of z. **Source**: Kingma, Rezende, Mohamed & Welling 2014, arXiv
/// 1406.5298, equations 6 to 9 (M2); the draw: Jang, Gu & Poole 2017, arXiv 1611.01144, section 4.3.
public final class SemiSupervisedVAE: Module {
  let classifier: Sequential
  /// q(y|x).
  public let label: RelaxedCategoricalBottleneck
  let encoder: Sequential
  /// q(z|x, y).
  public let style: GaussianBottleneck
  let network: Sequential
  /// p(x|y, z).
  public let likelihood: any Likelihood
  /// The shape of one example.
  public let exampleShape: [Int]

  /// A model of dense networks for `classes` classes.
  public init(
    exampleShape: [Int], classes: Int, latent: Int = 20, hidden: [Int] = [400],
    schedule: TemperatureSchedule = TemperatureSchedule(start: 1),
    likelihood: any Likelihood = BernoulliLikelihood(), using generator: Generator
  ) {
    let elements = exampleShape.reduce(1, *)
    classifier = denseEncoder(elements, hidden: hidden, using: generator)
    label = RelaxedCategoricalBottleneck(
      features: hidden.last ?? elements, variables: 1, classes: classes, schedule: schedule,
      using: generator)
    encoder = denseEncoder(elements + classes, hidden: hidden, using: generator)
    style = GaussianBottleneck(
      features: hidden.last ?? elements + classes, size: latent, using: generator)
    network = denseDecoder(
      classes + latent, hidden: hidden.reversed(),
      outputs: elements * likelihood.parametersPerElement, using: generator)
    self.likelihood = likelihood
    self.exampleShape = exampleShape
  }

  /// q(y|x) of each example.
  public func labels(of examples: Tensor) -> RelaxedCategoricalPosterior {
    label(classifier(examples))
  }

  /// q(z|x, y) of each example.
  public func styles(of examples: Tensor, labels: Tensor) -> Normal {
    style(encoder(concatenated([examples.flattened(from: 1), labels], dim: 1)))
  }

  /// log p(x|y, z) − KL(q(z|x, y) ‖ p(z)) + log p(y) at one draw of z, `[B]`, p(y) uniform.
  public func bound(_ targets: Tensor, labels: Tensor, using generator: Generator) -> Tensor {
    let posterior = GaussianPosterior(styles(of: targets, labels: labels))
    let draw = posterior.draw(using: generator)
    let parameters = network(concatenated([labels, draw.codes], dim: 1))
    let prior = log(Tensor(Double(label.classes), dtype: .float64)).item()
    return likelihood.logProbability(targets.flattened(from: 1), parameters: parameters)
      - draw.rates[0].perExample - prior
  }

  /// U(x) of each example, `[B]`.
  public func marginalBound(
    _ targets: Tensor, by inference: ClassInference, using generator: Generator
  ) -> Tensor {
    let posterior = labels(of: targets)
    let weights = posterior.probabilities.squeezed(dim: 1)
    let own = logSoftmax(posterior.logits, dim: -1).squeezed(dim: 1)
    let entropy = -(weights * own).sum(dim: 1)
    if inference == .gumbel {
      let drawn = posterior.draw(using: generator).codes.squeezed(dim: 1)
      return bound(targets, labels: drawn, using: generator) + entropy
    }
    let (count, classes) = weights.shape2
    let each = Tensor.eye(classes, dtype: weights.dtype, device: weights.device)
    let labels = each.interleaved(count, dim: 0)
    let copies = targets.repeated([classes] + targets.shape.dropFirst().map { _ in 1 })
    let bounds = bound(copies, labels: labels, using: generator).reshaped([classes, count])
    return (weights * bounds.transposed()).sum(dim: 1) + entropy
  }

  /// The mean example of each class and code.
  public func mean(labels: Tensor, styles: Tensor) -> Tensor {
    likelihood.mean(network(concatenated([labels, styles], dim: 1)))
      .reshaped([labels.size(0)] + exampleShape)
  }
}
