import Foundation

/// The temperature of a relaxation over training: τ(t) = max(τ_min, τ₀ e^(−r s)), s = n ⌊t/n⌋.
///
/// t counts updates, r is the rate a step and n the steps between changes. **Source**: Jang, Gu & Poole
/// 2017, arXiv 1611.01144, section 4.2 (r of 10⁻⁵ or 10⁻⁴, n of 500 or 1000, τ_min 0.5).
public struct TemperatureSchedule: Sendable, Hashable {
  /// τ₀.
  public let start: Double
  /// τ_min.
  public let end: Double
  /// r.
  public let rate: Double
  /// n.
  public let interval: Int

  /// A temperature that falls from `start` to `end`; by default it stays what it is.
  ///
  /// **Fails** (stops) unless 0 < end ≤ start, rate ≥ 0 and interval ≥ 1.
  public init(start: Double = 1, end: Double? = nil, rate: Double = 0, interval: Int = 1) {
    let end = end ?? start
    precondition(
      end > 0 && end <= start && rate >= 0 && interval >= 1,
      "a temperature expects 0 < end ≤ start, rate ≥ 0 and interval ≥ 1")
    self.start = start
    self.end = end
    self.rate = rate
    self.interval = interval
  }

  /// τ before update `step`, counted from 0.
  public func callAsFunction(_ step: Int) -> Double {
    let settled = Double(step / interval * interval)
    return max(end, start * exp(-rate * settled))
  }
}
