import Distributions
public import Torch

/// The terms of the evidence lower bound of a diffusion model, each in nats and for each example, `[B]`.
///
/// −log p(x) ≤ L_T + Σ_t L_{t−1} + L_0, where a step of the reverse process is p(x_s|x_t) = q(x_s|x_t, x̂₀(x_t)). With
/// infinitely many steps the sum is an integral over λ alone, whatever the schedule between its ends. **Source**: Luo 2022, arXiv
/// 2208.11970, eq. 58 and 111; Kingma et al. 2021, arXiv 2107.00630, eq. 11, 13 and 18.
public enum DiffusionBound {
  /// L_T = KL(q(x_T|x₀) ‖ N(0, I)).
  public static func prior(_ example: Tensor, at noisiest: NoiseLevel) -> Tensor {
    let law = noisiest.marginal(of: example)
    let standard = StandardNormal(example.shape, dtype: example.dtype, device: example.device)
    return perExample(law.klDivergence(to: standard))
  }

  /// L_{t−1} = KL(q(x_s|x_t, x₀) ‖ p(x_s|x_t)) = ½ (SNR_s − SNR_t) ‖x₀ − x̂₀‖² = ½ (SNR_s/SNR_t − 1) ‖ε − ε̂‖².
  ///
  /// - Parameters:
  ///   - noise: the ε that made the prediction's x_t.
  ///   - prediction: what is believed at t.
  ///   - cleaner: s.
  /// - Returns: the divergence of each example, `[B]`.
  public static func step(
    noise: Tensor, _ prediction: DiffusionPrediction, to cleaner: NoiseLevel
  ) -> Tensor {
    let ratio = expm1(cleaner.logSNR - prediction.level.logSNR)
    return perExample(0.5 * ratio * squared(noise - prediction.noise))
  }

  /// The integrand −½ λ′(t) ‖ε − ε̂‖², whose mean over uniform t is the sum of all steps in continuous time.
  ///
  /// `slope` is λ′ at each example's time, of a shape that broadcasts with examples.
  public static func rate(
    noise: Tensor, _ prediction: DiffusionPrediction, slope: Tensor
  ) -> Tensor {
    perExample(-0.5 * slope * squared(noise - prediction.noise))
  }
}

/// What the least noised x₁ says of the example: L_0 = −log p(x₀|x₁), without a network.
///
/// p(x₀|x₁) is the flat belief about x₀ after x₁/α₁ was seen with noise of variance 1/SNR₁: a normal law, or for data of
/// finitely many levels its mass in each level's interval, the outer ones open. **Source**: Kingma et al. 2021, arXiv
/// 2107.00630, section 3.3; intervals: Ho, Jain & Abbeel 2020, arXiv 2006.11239, eq. 13.
public enum DiffusionReconstruction: Sendable, Hashable {
  /// Real numbers.
  case density
  /// This many even levels from −1 to 1.
  case levels(Int)

  /// −log p(x₀|x₁) of each example in nats, `[B]`, for x₁ = α₁ x₀ + σ₁ ε.
  public func cost(_ example: Tensor, noise: Tensor, at cleanest: NoiseLevel) -> Tensor {
    switch self {
    case .density:
      let law = Normal(
        mean: Tensor.zeros(like: noise), logVariance: (-cleanest.logSNR).expanded(noise.shape))
      return perExample(-law.logProbability(exp(-0.5 * cleanest.logSNR) * noise))
    case .levels(let count):
      let half = exp(0.5 * cleanest.logSNR) / Double(count - 1)
      let distance = abs(noise)
      let inner = log(
        (normalCDF(half - distance) - normalCDF(-half - distance)).clamped(min: 1e-30))
      let low = logNormalCDF(half - noise)
      let high = logNormalCDF(half + noise)
      let edge = 1 - 0.5 / Double(count - 1)
      let all = inner.replacing(with: low, where: example .< -edge)
        .replacing(with: high, where: example .> edge)
      return perExample(-all)
    }
  }
}

/// Sums over all but the first dimension.
private func perExample(_ values: Tensor) -> Tensor {
  values.rank > 1 ? values.flattened(from: 1).sum(dim: 1) : values
}
