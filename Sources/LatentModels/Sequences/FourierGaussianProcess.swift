import Distributions
public import LatentCore
public import LatentNN
public import Torch

/// Latent series with Gaussian process priors, whose posteriors are independent in the Fourier domain.
///
/// Features are a mean and a logarithm of a standard deviation for each latent and place; a linear map over time, shared by all
/// latents, takes each to the coordinates of the waves: q(w|x) = N(M μ, diag exp(2 V s)), p(w) = N(0, s(ω; ℓ) + jitter) with a
/// learned length scale ℓ for each latent. M starts as the least-squares fit of waves to a series. **Shapes**: features
/// `[B, 2 K, T]`, codes `[B, K, T]`. **Source**: Gondur et al. 2023, arXiv 2310.03111, section 3.
public final class FourierGaussianProcess: Module, Bottleneck {
  /// M, T numbers to F.
  public let meanMap: Linear
  /// V, T numbers to F.
  public let deviationMap: Linear
  /// log ℓ, `[K]`, in places.
  public let logLengthScale: Parameter
  private let waves: Buffer
  private let frequencies: Buffer
  private let jitter: Double

  /// A prior of `count` latents over `basis`, with length scales that start at `lengthScale` places.
  public init(
    count: Int, basis: FourierBasis, lengthScale: Double, jitter: Double = 1e-2,
    using generator: Generator
  ) {
    waves = Buffer(basis.waves)
    frequencies = Buffer(basis.frequencies)
    self.jitter = jitter
    logLengthScale = Parameter(log(Tensor.full([count], lengthScale)))
    meanMap = Linear(weight: leastSquaresMap(basis.waves), bias: nil)
    let (waveCount, length) = (basis.waves.size(0), basis.waves.size(1))
    deviationMap = Linear(length, waveCount, using: generator)
  }

  /// [K, T].
  public var codeShape: [Int] { [logLengthScale.count, waves.value.size(1)] }

  /// The variances of the waves, `[K, F]`.
  public var priorVariance: Tensor {
    FourierBasis.spectralDensity(frequencies.value, lengthScale: exp(logLengthScale.value)) + jitter
  }

  /// q(w|x) of each row of features beside the prior.
  public func posterior(_ features: Tensor, encode: (Tensor) -> Tensor) -> any LatentPosterior {
    let parts = features.to(waves.value.dtype).chunked(2, dim: 1)
    let law = Normal(mean: meanMap(parts[0]), logVariance: 2 * deviationMap(parts[1]))
    let prior = Normal(mean: Tensor.zeros(like: priorVariance), logVariance: log(priorVariance))
    return GaussianProcessPosterior(
      coordinates: law, rate: law.klDivergence(to: prior),
      logPrior: { prior.logProbability($0).sum(dims: [-1, -2]) },
      series: { [waves] in matmul($0, waves.value) })
  }

  /// Series of the prior.
  public func samplePrior(
    _ count: Int, encode: (Tensor) -> Tensor, using generator: Generator
  ) -> Tensor {
    let variance = priorVariance
    let noise = Tensor.randn([count] + variance.shape, using: generator, dtype: variance.dtype)
    return matmul(sqrt(variance) * noise, waves.value)
  }
}

/// The map `[F, T]` of a series to the waves that fit it best, slightly damped where they reach beyond it.
private func leastSquaresMap(_ waves: Tensor) -> Tensor {
  let b = waves.to(.float64)
  let gram = matmul(b, b.transposed()) + 1e-2 * Tensor.eye(b.size(0), dtype: .float64)
  return LinearAlgebra.solve(gram, b).to(.float32)
}
