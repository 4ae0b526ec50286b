import Distributions
public import LatentNN
public import Torch

/// A last layer from features to the probabilities of classes.
public protocol ClassificationHead: Module {
  /// What is maximised of each example, in nats, [B]: log p(y|φ) or a bound on it.
  func bound(_ features: Tensor, _ labels: Tensor) -> Tensor
  /// What is paid once for the whole data set, in nats: a divergence from the prior; nil without one.
  var divergence: Tensor? { get }
  /// log p(y = k|φ) of the predictive distribution, [B, classes].
  func logProbabilities(_ features: Tensor, using generator: Generator) -> Tensor
  /// How unlike the training data features seem, [B]: larger is stranger.
  func novelty(_ features: Tensor, using generator: Generator) -> Tensor
}

extension ClassificationHead {
  /// One minus the probability of the most probable class.
  public func novelty(_ features: Tensor, using generator: Generator) -> Tensor {
    1 - exp(logProbabilities(features, using: generator)).max(dims: [1])
  }
}

/// The usual last layer: a linear map and a softmax, a point estimate of its weights.
public final class PointClassificationHead: Module, ClassificationHead {
  /// The map to the logits.
  public let linear: Linear

  /// A layer with PyTorch's initial weights.
  public init(_ features: Int, _ classes: Int, using generator: Generator) {
    linear = Linear(features, classes, using: generator)
  }

  /// None.
  public var divergence: Tensor? { nil }

  /// log softmax of the label.
  public func bound(_ features: Tensor, _ labels: Tensor) -> Tensor {
    -crossEntropy(logits: linear(features), targets: labels, reduction: .none)
  }

  /// log softmax.
  public func logProbabilities(_ features: Tensor, using generator: Generator) -> Tensor {
    logSoftmax(linear(features))
  }
}

/// A softmax over logits whose weights have a posterior: the discriminative variational Bayesian last layer.
///
/// z = W φ + ε, ε ~ N(0, diag σ²), p(y|z) = softmax z. Training needs no draw: by Jensen's inequality
///
///     E[log p(y|φ)] ≥ m_yᵀφ − log Σ_k exp(m_kᵀφ + ½ (φᵀS_kφ + σ_k²)).
///
/// The predictive distribution is the mean of the softmax over `draws` draws of the logits, which costs no further pass.
/// **Shapes**: features `[B, d]`, labels `[B]` int64. **Source**: Harrison, Willes and Snoek 2024,
/// arXiv 2404.11599, section 3 (discriminative classification).
public final class DiscriminativeHead: Module, ClassificationHead {
  /// q(W).
  public let weights: GaussianWeights
  /// log σ², `[classes]`.
  public let logNoiseVariance: Parameter
  /// The prior of σ².
  public let noisePrior: NoisePrior
  /// Draws of the logits behind a prediction.
  public let draws: Int

  /// A layer over these weights, the noise at first of variance e⁻².
  public init(
    _ weights: GaussianWeights, noisePrior: NoisePrior = NoisePrior(scale: 1), draws: Int = 20
  ) {
    self.weights = weights
    self.noisePrior = noisePrior
    self.draws = draws
    let value = weights.mean.value
    logNoiseVariance = Parameter(Tensor.full([value.size(0)], -2.0).to(value.dtype))
  }

  /// KL(q(W) ‖ p(W)) − log p(σ²).
  public var divergence: Tensor? {
    weights.divergence - noisePrior.logDensity(logVariance: logNoiseVariance.value)
  }

  /// Mean and variance of the logits, both `[B, classes]`.
  public func logits(_ features: Tensor) -> (mean: Tensor, variance: Tensor) {
    let variance = weights.variance(of: features) + exp(logNoiseVariance.value)
    return (weights.mean(of: features), variance)
  }

  /// The softmax bound on E[log p(y|φ)].
  public func bound(_ features: Tensor, _ labels: Tensor) -> Tensor {
    let (mean, variance) = logits(features)
    let chosen = mean.gathered(labels.unsqueezed(dim: 1), dim: 1).squeezed(dim: 1)
    return chosen - (mean + 0.5 * variance).logSumExp(dim: 1)
  }

  /// log of the mean softmax over draws of the logits.
  public func logProbabilities(_ features: Tensor, using generator: Generator) -> Tensor {
    let (mean, variance) = logits(features)
    let noise = Tensor.randn([draws] + mean.shape, using: generator, dtype: mean.dtype)
    return logMeanExp(logSoftmax(mean + sqrt(variance) * noise), dim: 0)
  }
}
