public import Torch

extension Terms {
  /// Adds the rate with what the step asks of it: its annealed weight and its free bits.
  ///
  /// The term `rate` is the honest one, in nats, minimised with `weight` · r, r the step's `rateWeight`. With
  /// λ = `freeBits` above 0 it is only watched, and `rate-above-free-bits`, Σ_d max(λ, mean_B KL_d), is
  /// minimised in its place: a dimension below λ has no gradient. **Source**: Bowman et al. 2015,
  /// arXiv:1511.06349 (annealing); Kingma et al. 2016, arXiv:1606.04934 (free bits).
  ///
  /// - Parameters:
  ///   - rate: the mean over the batch of the whole divergence, a scalar.
  ///   - parts: the divergence of each example and dimension, `[B, d]`; `[B, 1]` where it has no parts.
  ///   - weight: the method's own, such as β.
  ///   - step: where training stands.
  ///   - player: who minimises it.
  public mutating func minimiseRate(
    _ rate: Tensor, parts: Tensor, weight: Double = 1, _ step: Step,
    by player: String = Terms.model
  ) {
    obeysRateSettings = true
    let weight = weight * step.rateWeight
    guard step.freeBits > 0 else {
      minimise("rate", rate, unit: .nats, weight: weight, by: player)
      return
    }
    watch("rate", rate, unit: .nats)
    let bounded = rateAboveFreeBits(parts, step.freeBits)
    minimise("rate-above-free-bits", bounded, unit: .nats, weight: weight, by: player)
  }
}

/// Σ_d max(λ, mean_B KL_d) of the divergences `[B, d]`: the rate whose first λ nats a dimension are free.
///
/// **Source**: Kingma et al. 2016, arXiv:1606.04934, the objective with free bits; the mean is over the batch.
public func rateAboveFreeBits(_ divergences: Tensor, _ lambda: Double) -> Tensor {
  divergences.mean(dims: [0]).clamped(min: lambda).sum()
}
