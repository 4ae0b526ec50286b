public import Torch

/// The numbers of a step that an objective with a rate may follow.
///
/// A training that is told to anneal the rate, or to leave bits free, is refused for an objective that does not.
public struct RateSettings: OptionSet, Sendable {
  /// The bits of the set.
  public let rawValue: Int

  /// The set with these bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// `Step.rateWeight`.
  public static let annealing = RateSettings(rawValue: 1)
  /// `Step.freeBits`.
  public static let freeBits = RateSettings(rawValue: 2)
}

extension Terms {
  /// Adds a rate with what the step asks of it: its annealed weight and its free bits.
  ///
  /// The term `name` is the honest rate Σ_d mean_B KL_d in nats, minimised with `weight` · w, w the step's
  /// `rateWeight`. With λ = `freeBits` above 0 it is only watched, and `<name>-floor`, Σ_d max(λ, mean_B KL_d),
  /// is minimised in its place: a dimension below λ has no gradient. **Source**: Bowman et al. 2015,
  /// arXiv 1511.06349 (annealing); Kingma et al. 2016, arXiv 1606.04934, eq. 15 (free bits).
  ///
  /// - Parameters:
  ///   - divergences: of each example and dimension, `[B, d]`, or of each example, `[B]`.
  ///   - name: the term's name.
  ///   - weight: the method's own, such as β.
  ///   - step: where training stands.
  ///   - player: who minimises it.
  public mutating func minimiseRate(
    _ divergences: Tensor, name: String = "rate", weight: Double = 1, _ step: Step,
    by player: String = Terms.model
  ) {
    obey([.annealing, .freeBits])
    let weight = weight * step.rateWeight
    let rate = divergences.sum() / divergences.size(0)
    guard step.freeBits > 0 else {
      minimise(name, rate, unit: .nats, weight: weight, by: player)
      return
    }
    watch(name, rate, unit: .nats)
    let means = divergences.mean(dim: 0)
    var floor = means.clamped(min: step.freeBits)
    if step.gather != nil {
      // Which dimensions are free is a matter of the whole batch; the processes' parts add up to its floor.
      let whole = step.joined(divergences).mean(dim: 0)
      floor = means.replacing(with: step.freeBits, where: whole .< step.freeBits)
    }
    minimise("\(name)-floor", floor.sum(), unit: .nats, weight: weight, by: player)
  }
}
