import Distributions
public import LatentNN
public import Torch

/// A last layer from features to numbers with a normal distribution around them.
public protocol RegressionHead: Module {
  /// The numbers of an example.
  var outputs: Int { get }
  /// What is maximised of each example, in nats, [B]: its log-likelihood or a bound on the expected one.
  func expectedLogLikelihood(_ features: Tensor, _ targets: Tensor) -> Tensor
  /// What is paid once for the whole data set, in nats: a divergence from the prior; nil without one.
  var divergence: Tensor? { get }
  /// Mean and variance of the predictive distribution, both [B, outputs].
  func predictive(_ features: Tensor) -> (mean: Tensor, variance: Tensor)
}

/// A last layer with a posterior over its weights: the variational Bayesian last layer of regression.
///
/// y = W φ + ε, ε ~ N(0, diag σ²). The expected log-likelihood is exact,
/// E_q[log p(y|φ)] = log N(y; m φ, σ²) − ½ Σ_k φᵀS_kφ/σ_k², and so is the predictive N(m φ, φᵀSφ + σ²): nothing is
/// sampled, and a forward pass costs one product more. σ² is learned as the mode under an inverse Wishart prior
/// with `degrees` and scale `noiseScale`, or fixed. **Shapes**: features `[B, d]`, targets `[B, outputs]`.
/// **Source**: Harrison, Willes and Snoek 2024, arXiv 2404.11599, section 3 (regression).
public final class BayesianRegressionHead: Module, RegressionHead {
  /// q(W).
  public let weights: GaussianWeights
  /// log σ², `[outputs]`.
  public let logNoiseVariance: Parameter
  /// ν and the scale of the noise's prior; nil where the noise is known.
  public let noisePrior: NoisePrior?

  /// A layer over these weights.
  ///
  /// - Parameters:
  ///   - weights: q(W) and p(W).
  ///   - noiseVariance: σ² at first; what it stays where there is no `noisePrior`.
  ///   - noisePrior: the prior of σ²; nil for a known σ², which is not trained.
  public init(
    _ weights: GaussianWeights, noiseVariance: Double = 0.1, noisePrior: NoisePrior? = NoisePrior()
  ) {
    self.weights = weights
    self.noisePrior = noisePrior
    let start = Tensor.full([weights.mean.shape[0]], noiseVariance)
    logNoiseVariance = Parameter(log(start.to(weights.mean.value.dtype)))
    logNoiseVariance.isTrainable = noisePrior != nil
  }

  /// The rows of W.
  public var outputs: Int { weights.mean.shape[0] }

  /// E_q[log p(y|φ)], exact.
  public func expectedLogLikelihood(_ features: Tensor, _ targets: Tensor) -> Tensor {
    // Products may come in bfloat16 under autocast.
    let mean = weights.mean(of: features).to(targets.dtype)
    let density = Normal(mean: mean, logVariance: logNoiseVariance.value.expanded(targets.shape))
      .logProbability(targets)
    let spread = weights.variance(of: features) * exp(-logNoiseVariance.value)
    return (density - 0.5 * spread).sum(dim: 1)
  }

  /// KL(q(W) ‖ p(W)) − log p(σ²).
  public var divergence: Tensor? {
    let weights = weights.divergence
    return noisePrior.map { weights - $0.logDensity(logVariance: logNoiseVariance.value) }
      ?? weights
  }

  /// N(m φ, φᵀSφ + σ²).
  public func predictive(_ features: Tensor) -> (mean: Tensor, variance: Tensor) {
    let variance = weights.variance(of: features) + exp(logNoiseVariance.value)
    return (weights.mean(of: features), variance)
  }
}

/// The usual last layer: y = w φ + b with a noise of one learned variance an output, and no posterior.
///
/// The point estimate that `BayesianRegressionHead` is compared with; trained by maximum likelihood.
public final class PointRegressionHead: Module, RegressionHead {
  /// w and b.
  public let linear: Linear
  /// log σ², `[outputs]`.
  public let logNoiseVariance: Parameter

  /// A layer with PyTorch's initial weights.
  public init(
    _ features: Int, _ outputs: Int, noiseVariance: Double = 0.1, using generator: Generator
  ) {
    linear = Linear(features, outputs, using: generator)
    logNoiseVariance = Parameter(log(Tensor.full([outputs], noiseVariance)))
  }

  /// The numbers that go out.
  public var outputs: Int { logNoiseVariance.count }
  /// None.
  public var divergence: Tensor? { nil }

  /// log N(y; w φ + b, σ²).
  public func expectedLogLikelihood(_ features: Tensor, _ targets: Tensor) -> Tensor {
    let mean = linear(features).to(targets.dtype)
    return Normal(mean: mean, logVariance: logNoiseVariance.value.expanded(targets.shape))
      .logProbability(targets).sum(dim: 1)
  }

  /// N(w φ + b, σ²).
  public func predictive(_ features: Tensor) -> (mean: Tensor, variance: Tensor) {
    let mean = linear(features)
    return (mean, exp(logNoiseVariance.value).expanded(mean.shape))
  }
}
