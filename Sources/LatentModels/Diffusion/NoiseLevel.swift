public import Distributions
public import Torch

/// How much of an example is left under noise: x_t = α x₀ + σ ε with α² + σ² = 1, named by λ = log(α²/σ²).
///
/// α² = sigmoid(λ), σ² = sigmoid(−λ); λ is the logarithm of the signal-to-noise ratio and the only number that a level
/// has, so that whatever holds of two levels holds of every schedule. **Shapes**: λ of a shape that broadcasts with
/// examples, one for all or one for each. **Source**: Kingma et al. 2021, arXiv 2107.00630, section 3.1; Luo 2022,
/// arXiv 2208.11970, whose ᾱ_t is α².
public struct NoiseLevel {
  /// λ, in nats.
  public let logSNR: Tensor

  /// The level of this λ.
  public init(logSNR: Tensor) {
    self.logSNR = logSNR
  }

  /// A level for each example: λ `[B]` laid along the first dimension of `examples` `[B, …]`.
  public init(logSNR: Tensor, over examples: Tensor) {
    let ones = [Int](repeating: 1, count: max(examples.rank - 1, 0))
    self.init(logSNR: logSNR.reshaped([logSNR.count] + ones))
  }

  /// α, the share of the example.
  public var alpha: Tensor { exp(0.5 * logSigmoid(logSNR)) }
  /// σ, the share of the noise.
  public var sigma: Tensor { exp(0.5 * logSigmoid(-logSNR)) }

  /// α x₀ + σ ε (Luo, eq. 69).
  public func noised(_ example: Tensor, _ noise: Tensor) -> Tensor {
    alpha * example + sigma * noise
  }

  /// q(x_t | x₀) = N(α x₀, σ²) (Luo, eq. 70).
  public func marginal(of example: Tensor) -> Normal {
    Normal(mean: alpha * example, standardDeviation: sigma.broadcast(to: example.shape))
  }

  /// q(x_t | x_s) = N(α_t/α_s x_s, σ_t² − (α_t/α_s)² σ_s²) of this level t from a cleaner one s (Luo, eq. 31).
  public func transition(from cleaner: NoiseLevel, _ noised: Tensor) -> Normal {
    let deviation = sigma * sqrt(-expm1(logSNR - cleaner.logSNR))
    return Normal(
      mean: alpha / cleaner.alpha * noised,
      standardDeviation: deviation.broadcast(to: noised.shape))
  }

  /// q(x_s | x_t, x₀) of a cleaner level s from this level t.
  ///
  /// Mean (α_t/α_s)(σ_s²/σ_t²) x_t + α_s (1 − SNR_t/SNR_s) x₀ and variance σ_s² (1 − SNR_t/SNR_s) (Luo, eq. 84; in
  /// these symbols Kingma et al. 2021, eq. 30 to 33).
  public func posterior(at cleaner: NoiseLevel, noised: Tensor, example: Tensor) -> Normal {
    let lost = -expm1(logSNR - cleaner.logSNR)
    let ratio = cleaner.sigma / sigma
    let mean = alpha / cleaner.alpha * squared(ratio) * noised + cleaner.alpha * lost * example
    return Normal(
      mean: mean, standardDeviation: (cleaner.sigma * sqrt(lost)).broadcast(to: mean.shape))
  }
}

extension Tensor {
  /// The tensor seen in this larger shape.
  fileprivate func broadcast(to shape: [Int]) -> Tensor {
    self.shape == shape ? self : expanded(shape)
  }
}
