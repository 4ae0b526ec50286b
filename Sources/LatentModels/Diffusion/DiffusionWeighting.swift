public import LatentCore
public import Torch

/// How squared errors at different levels of noise are weighed against each other in training.
public enum DiffusionWeighting: String, Sendable, CaseIterable, ConfigValue {
  /// The network's own target, all times alike: L_simple (Ho, Jain & Abbeel 2020, arXiv 2006.11239, eq. 14).
  ///
  /// Errors of the score count by σ², as in denoising score matching (Song et al. 2021, arXiv 2011.13456, eq. 7).
  case simple
  /// The evidence lower bound, with everything in it that is learned.
  case elbo
  /// min(SNR, 5) ‖x₀ − x̂₀‖² (Hang et al. 2023, arXiv 2303.09556, section 3.4).
  case minSNR = "min-snr"

  /// The cost of each example, `[B]`, for the two weightings that are no bound.
  ///
  /// - Parameters:
  ///   - example: x₀.
  ///   - noise: the ε that made the prediction's x_t.
  ///   - prediction: what the network says.
  /// - Returns: squared errors summed over an example.
  public func cost(
    example: Tensor, noise: Tensor, _ prediction: DiffusionPrediction
  ) -> Tensor {
    let level = prediction.level
    let error: Tensor
    switch self {
    case .simple where prediction.target == .velocity:
      error = squared(level.alpha * noise - level.sigma * example - prediction.value)
    case .simple where prediction.target == .example:
      error = squared(example - prediction.value)
    case .simple, .elbo:
      error = squared(noise - prediction.noise)
    case .minSNR:
      let snr = exp(level.logSNR)
      error = (snr.clamped(max: 5) / snr) * squared(noise - prediction.noise)
    }
    return error.rank > 1 ? error.flattened(from: 1).sum(dim: 1) : error
  }
}
