import Distributions
public import LatentNN
public import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Classes as Gaussians of the features, their centres with a posterior: the generative variational Bayesian last layer.
///
/// p(φ|y) = N(φ; μ_y, diag σ²), μ_k ~ N(0, v I), q(μ_k) = N(m_k, diag s_k²), classes as probable as their
/// `classProbabilities`. Training needs no draw:
///
///     E[log p(y|φ)] ≥ log N(φ; m_y, σ²) − ½ Σ_i s_yi²/σ_i² + log p_y − log Σ_k p_k N(φ; m_k, σ² + s_k²).
///
/// The predictive p(y|φ) ∝ p_y N(φ; m_y, σ² + s_y²) is exact, and the density Σ_k p_k N(φ; m_k, σ² + s_k²) tells strange
/// features from known ones. **Shapes**: features `[B, d]`, labels `[B]` int64. **Source**: Harrison, Willes and
/// Snoek 2024, arXiv 2404.11599, section 3 (generative classification).
public final class GenerativeHead: Module, ClassificationHead {
  /// q(μ): a row a class.
  public let centres: GaussianWeights
  /// log σ², `[d]`.
  public let logNoiseVariance: Parameter
  /// The prior of σ².
  public let noisePrior: NoisePrior
  /// p_k, which sum to one, `[classes]`.
  public let classProbabilities: Buffer

  /// Classes with centres of these variances around draws from N(0, 1/d) and a noise of variance one.
  ///
  /// - Parameters:
  ///   - features: d.
  ///   - classes: their number.
  ///   - priorVariance: v.
  ///   - noisePrior: the prior of σ².
  ///   - probabilities: p_k; all alike if nil.
  ///   - generator: draws the means of the centres.
  public init(
    _ features: Int, _ classes: Int, priorVariance: Double = 1,
    noisePrior: NoisePrior = NoisePrior(scale: 1), probabilities: [Double]? = nil,
    using generator: Generator
  ) {
    centres = GaussianWeights(
      features, classes, covariance: .diagonal, priorVariance: priorVariance, using: generator)
    logNoiseVariance = Parameter(Tensor.zeros([features]))
    self.noisePrior = noisePrior
    let known = probabilities ?? [Double](repeating: 1 / Double(classes), count: classes)
    classProbabilities = Buffer(Tensor(known).to(.float32))
  }

  /// KL(q(μ) ‖ p(μ)) − log p(σ²).
  public var divergence: Tensor? {
    centres.divergence - noisePrior.logDensity(logVariance: logNoiseVariance.value)
  }

  /// log p_k + log N(φ; m_k, σ² + s_k²), `[B, classes]`.
  public func jointLogDensity(_ features: Tensor) -> Tensor {
    let variance = exp(logNoiseVariance.value) + exp(2 * centres.logScale.value)
    return logDensity(features, variance: variance) + log(classProbabilities.value)
  }

  /// The bound on E[log p(y|φ)].
  public func bound(_ features: Tensor, _ labels: Tensor) -> Tensor {
    let noise = exp(logNoiseVariance.value)
    let spread = (exp(2 * centres.logScale.value) / noise).sum(dim: 1)
    let shape = centres.mean.shape
    let expected =
      logDensity(features, variance: noise.expanded(shape)) - 0.5 * spread
      + log(classProbabilities.value)
    let own = expected.gathered(labels.unsqueezed(dim: 1), dim: 1).squeezed(dim: 1)
    return own - jointLogDensity(features).logSumExp(dim: 1)
  }

  /// log p(y|φ), exact.
  public func logProbabilities(_ features: Tensor, using generator: Generator) -> Tensor {
    logSoftmax(jointLogDensity(features))
  }

  /// −log p(φ) in nats.
  public func novelty(_ features: Tensor, using generator: Generator) -> Tensor {
    -jointLogDensity(features).logSumExp(dim: 1)
  }

  /// log N(φ; m_k, diag variance_k), `[B, classes]`, by products of matrices.
  private func logDensity(_ features: Tensor, variance: Tensor) -> Tensor {
    let precision = reciprocal(variance)
    let mean = centres.mean.value
    let distance =
      linear(squared(features), weight: precision)
      - 2 * linear(features, weight: mean * precision) + (squared(mean) * precision).sum(dim: 1)
    let width = Double(features.size(1))
    return -0.5 * (distance + log(variance).sum(dim: 1) + width * log(2 * Double.pi))
  }
}
