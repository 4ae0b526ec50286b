import Distributions
public import LatentCore
public import LatentNN
public import Torch

/// Latent series with Gaussian process priors, whose posteriors are independent from place to place: the ordinary GP-VAE.
///
/// q(z|x) = N(M μ, diag exp(2 V s)) over places, p(z) = N(0, K) with K the squared exponential kernel of a learned length scale for
/// each latent plus jitter. The maps M and V over time start as the identity. **Shapes**: features `[B, 2 K, T]`,
/// codes `[B, K, T]`. **Source**: Casale et al. 2018, arXiv 1810.11738; Pearce 2020, arXiv 1905.11434, section 3.
public final class TimeGaussianProcess: Module, Bottleneck {
  /// M, T numbers to T.
  public let meanMap: Linear
  /// V, T numbers to T.
  public let deviationMap: Linear
  /// log ℓ, `[K]`, in places.
  public let logLengthScale: Parameter
  private let length: Int
  private let jitter: Double

  /// A prior of `count` latents of `length` places, with length scales that start at `lengthScale` places.
  public init(count: Int, length: Int, lengthScale: Double, jitter: Double = 1e-2) {
    self.length = length
    self.jitter = jitter
    logLengthScale = Parameter(log(Tensor.full([count], lengthScale)))
    meanMap = Linear(weight: Tensor.eye(length), bias: nil)
    deviationMap = Linear(weight: Tensor.eye(length), bias: Tensor.full([length], -2.0))
  }

  /// [K, T].
  public var codeShape: [Int] { [logLengthScale.count, length] }

  /// The Cholesky factors of the prior's covariances, `[K, T, T]`.
  public var priorFactor: Tensor {
    let scale = exp(logLengthScale.value).reshaped([logLengthScale.count, 1, 1])
    let places = Tensor.arange(length, dtype: scale.dtype)
    let distance = places.unsqueezed(dim: 1) - places
    let kernel = exp(-0.5 * squared(distance / scale))
    return LinearAlgebra.cholesky(kernel + jitter * Tensor.eye(length, dtype: scale.dtype))
  }

  /// q(z|x) of each row of features beside the prior.
  public func posterior(_ features: Tensor, encode: (Tensor) -> Tensor) -> any LatentPosterior {
    let parts = features.to(logLengthScale.value.dtype).chunked(2, dim: 1)
    let law = Normal(mean: meanMap(parts[0]), logVariance: 2 * deviationMap(parts[1]))
    let factor = priorFactor
    let prior = MultivariateNormal(
      mean: Tensor.zeros(codeShape, dtype: factor.dtype), scaleFactor: factor)
    let q = DiagonalNormal(mean: law.mean, logVariance: law.logVariance)
    return GaussianProcessPosterior(
      coordinates: law, rate: q.klDivergence(to: prior),
      logPrior: { prior.logProbability($0).sum(dim: -1) }, series: { $0 })
  }

  /// Series of the prior.
  public func samplePrior(
    _ count: Int, encode: (Tensor) -> Tensor, using generator: Generator
  ) -> Tensor {
    let factor = priorFactor
    let noise = Tensor.randn([count] + codeShape + [1], using: generator, dtype: factor.dtype)
    return matmul(factor, noise).squeezed(dim: -1)
  }
}
