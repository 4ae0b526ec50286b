public import Torch

// Scores under a condition y that is stressed or taken back: ∇ log p(x|y) = ∇ log p(x) + ∇ log p(y|x).

extension DiffusionPrediction {
  /// γ ∇ log p(x|y) + (1 − γ) ∇ log p(x), this prediction being the one under y.
  ///
  /// Weight 1 is the conditional score itself, 0 the unconditional one; above 1 the condition counts more than in the
  /// data. Any target may be combined so, since at one x_t they are affine in each other. **Source**: Ho & Salimans 2022, arXiv
  /// 2207.12598, eq. 6; Luo 2022, arXiv 2208.11970, eq. 166.
  public func guided(from unconditional: DiffusionPrediction, weight: Double) -> DiffusionPrediction
  {
    weight == 1
      ? self
      : DiffusionPrediction(
        weight * noise + (1 - weight) * unconditional.noise, of: .noise, noised: noised, at: level)
  }
}

/// ∇ log p(x) + γ ∇ log p(y|x_t): a denoiser steered by a classifier of noised examples.
///
/// **Source**: Dhariwal & Nichol 2021, arXiv 2105.05233, section 4; Luo 2022, arXiv 2208.11970, eq. 162.
///
/// - Parameters:
///   - denoising: the unconditional one.
///   - weight: γ; 1 gives the conditional score if the classifier is right.
///   - logProbability: log p(y|x_t) of each noised example at a level, `[B]`, differentiable in x_t.
/// - Returns: the steered denoiser, whose predictions carry no gradients.
public func classifierGuided(
  _ denoising: @escaping Denoising, weight: Double = 1,
  logProbability: @escaping (_ noised: Tensor, _ level: NoiseLevel) -> Tensor
) -> Denoising {
  { noised, level in
    let slope = withGradients {
      gradient(at: noised.detached()) { logProbability($0, level).sum() }
    }
    let plain = denoising(noised, level)
    return DiffusionPrediction(
      (plain.noise - weight * level.sigma * slope).detached(), of: .noise, noised: noised,
      at: level)
  }
}
