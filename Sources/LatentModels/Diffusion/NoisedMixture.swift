import Distributions
public import Torch

/// A mixture of round Gaussians under noise, of which everything that a denoiser has to learn is known.
///
/// x₀ ~ Σ_k w_k N(m_k, s_k² I), so x_t ~ Σ_k w_k N(α m_k, (α² s_k² + σ²) I). Samplers, bounds and networks are checked against it.
/// **Shapes**: w and s `[K]`, m `[K, d]`; examples `[B, d]`.
public struct NoisedMixture {
  /// w, which sum to 1.
  public let weights: Tensor
  /// m.
  public let means: Tensor
  /// s.
  public let deviations: Tensor

  /// A mixture with these weights, means and standard deviations.
  public init(weights: Tensor, means: Tensor, deviations: Tensor) {
    self.weights = weights / weights.sum()
    (self.means, self.deviations) = (means, deviations)
  }

  /// The mixture of some components only, as a condition on them leaves it.
  public func keeping(_ components: [Int]) -> NoisedMixture {
    let rows = Tensor(components)
    return NoisedMixture(
      weights: weights.selected(rows, dim: 0), means: means.selected(rows, dim: 0),
      deviations: deviations.selected(rows, dim: 0))
  }

  /// `count` examples `[count, d]` with the component `[count]` of each.
  public func sample(
    _ count: Int, using generator: Generator
  ) -> (examples: Tensor, components: Tensor) {
    let chosen = Categorical(probabilities: weights).sample([count], using: generator)
    let noise = Tensor.randn([count, means.size(1)], using: generator, dtype: means.dtype)
    let scale = deviations.selected(chosen, dim: 0).unsqueezed(dim: 1)
    return (means.selected(chosen, dim: 0) + scale * noise, chosen)
  }

  /// log w_k + log q(x_t | k) of each component in nats, `[B, K]`; λ of one number or of `[B, 1]`.
  public func jointLogProbability(_ noised: Tensor, at level: NoiseLevel) -> Tensor {
    let spread = variance(at: level)
    let distance = squared(noised.unsqueezed(dim: 1) - centres(at: level)).sum(dim: -1)
    let d = Double(means.size(1))
    let logs = -0.5 * (distance / spread + d * log(2 * Double.pi * spread))
    return log(weights) + logs
  }

  /// log q(x_t) in nats, `[B]`.
  public func logProbability(_ noised: Tensor, at level: NoiseLevel) -> Tensor {
    jointLogProbability(noised, at: level).logSumExp(dim: 1)
  }

  /// log P(one of these components | x_t) in nats, `[B]`: the exact classifier of noised examples.
  public func logResponsibility(
    of components: [Int], _ noised: Tensor, at level: NoiseLevel
  ) -> Tensor {
    let joint = jointLogProbability(noised, at: level)
    return joint.selected(Tensor(components), dim: 1).logSumExp(dim: 1) - joint.logSumExp(dim: 1)
  }

  /// The exact denoiser: E[x₀|x_t] = Σ_k P(k|x_t) (m_k + α s_k²/(α² s_k² + σ²) (x_t − α m_k)), by Bayes' rule.
  public func denoise(_ noised: Tensor, at level: NoiseLevel) -> DiffusionPrediction {
    let shares = softmax(jointLogProbability(noised, at: level), dim: 1).unsqueezed(dim: -1)
    let gain = (column(level.alpha) * squared(deviations) / variance(at: level)).unsqueezed(dim: -1)
    let each = means + gain * (noised.unsqueezed(dim: 1) - centres(at: level))
    return DiffusionPrediction(
      (shares * each).sum(dim: 1), of: .example, noised: noised, at: level)
  }

  /// α m, `[1 or B, K, d]`.
  private func centres(at level: NoiseLevel) -> Tensor {
    column(level.alpha).unsqueezed(dim: -1) * means
  }

  /// α² s² + σ², `[1 or B, K]`.
  private func variance(at level: NoiseLevel) -> Tensor {
    squared(column(level.alpha) * deviations) + squared(column(level.sigma))
  }

  private func column(_ value: Tensor) -> Tensor { value.reshaped([value.count, 1]) }
}
