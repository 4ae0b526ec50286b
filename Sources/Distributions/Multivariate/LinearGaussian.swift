public import Torch

/// Data that are an affine image of standard normal codes with noise: x = W z + μ + σ ε.
///
/// Everything is known in closed form: evidence, posterior and every Gaussian bound, in nats. All in
/// float64. **Shapes**: W `[d, k]`, μ `[d]`, σ² `[]`, examples `[n, d]`, codes `[n, k]`. **Source**: Tipping and
/// Bishop 1999, Probabilistic principal component analysis.
public struct LinearGaussian {
  /// W, `[d, k]`.
  public let weight: Tensor
  /// μ, `[d]`.
  public let offset: Tensor
  /// σ², a scalar.
  public let noiseVariance: Tensor

  /// A law with these numbers.
  public init(weight: Tensor, offset: Tensor, noiseVariance: Tensor) {
    self.weight = weight
    self.offset = offset
    self.noiseVariance = noiseVariance
  }

  /// `[n, d]` from `[n, k]` codes of the prior.
  public func sample(_ count: Int, using generator: Generator) -> Tensor {
    let codes = Tensor.randn([count, weight.size(1)], using: generator, dtype: .float64)
    let noise = Tensor.randn([count, weight.size(0)], using: generator, dtype: .float64)
    return linear(codes, weight: weight, bias: offset) + sqrt(noiseVariance) * noise
  }

  /// p(x) = N(μ, W Wᵀ + σ² I).
  public var evidence: MultivariateNormal {
    let noise = noiseVariance * Tensor.eye(weight.size(0), dtype: .float64)
    return MultivariateNormal(
      mean: offset, covariance: matmul(weight, weight.transposed()) + noise)
  }

  /// p(z|x) = N(M⁻¹ Wᵀ (x − μ), σ² M⁻¹) with M = Wᵀ W + σ² I, for each row of examples.
  public func posterior(of examples: Tensor) -> MultivariateNormal {
    let noise = noiseVariance * Tensor.eye(weight.size(1), dtype: .float64)
    let inverse = LinearAlgebra.inverse(matmul(weight.transposed(), weight) + noise)
    let mean = matmul(matmul(examples - offset, weight), inverse)
    return MultivariateNormal(mean: mean, covariance: noiseVariance * inverse)
  }

  /// E log p(x|z) over codes N(m, diag v), `[n]`: −½ [d log 2πσ² + (‖x − μ − W m‖² + Σ vᵢ‖wᵢ‖²)/σ²].
  public func expectedLogLikelihood(_ examples: Tensor, codes: Normal) -> Tensor {
    let residual = examples - linear(codes.mean, weight: weight, bias: offset)
    let spread = matmul(codes.variance, squared(weight).sum(dim: 0))
    let error = (squared(residual).sum(dim: -1) + spread) / noiseVariance
    return -0.5 * (error + Double(weight.size(0)) * log(2 * Double.pi * noiseVariance))
  }

  /// The evidence lower bound of codes N(m, diag v), without sampling, `[n]`.
  public func evidenceLowerBound(_ examples: Tensor, codes: Normal) -> Tensor {
    let prior = StandardNormal(codes.batchShape, dtype: .float64)
    return expectedLogLikelihood(examples, codes: codes)
      - codes.klDivergence(to: prior).sum(dim: -1)
  }

  /// The law with `k` code dimensions under which `examples` are most probable.
  ///
  /// With λ₁ ≥ … ≥ λ_d the eigenvalues of the covariance (divided by n) and U its first k eigenvectors:
  /// σ² is the mean of the other eigenvalues and W = U (Λ − σ² I)^½. Equations 7 and 8 of the source.
  public static func mostProbable(for examples: Tensor, k: Int) -> LinearGaussian {
    let mean = examples.mean(dim: 0)
    let centred = examples - mean
    let covariance = matmul(centred.transposed(), centred) / examples.size(0)
    let (values, vectors) = LinearAlgebra.eigh(covariance)
    let d = examples.size(1)
    let noise = values[0..<(d - k)].mean()
    let weight = vectors[.all, (d - k)..<d] * sqrt(values[(d - k)..<d] - noise)
    return LinearGaussian(weight: weight, offset: mean, noiseVariance: noise)
  }
}
