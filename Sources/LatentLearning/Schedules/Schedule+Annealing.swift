import Foundation
import LatentNN

extension Schedule {
  /// Rises from 0 to 1 at the beginning of each of `cycles` equal parts of `steps` steps.
  ///
  /// With T steps, M cycles and R the part of a cycle that rises: τ = mod(t, ⌈T / M⌉) / (T / M), and the
  /// value is min(τ / R, 1) for t < T, 1 from then on. One cycle is the monotonic annealing of
  /// Bowman et al. 2015, arXiv:1511.06349, on a straight line. **Source**: Fu et al. 2019, arXiv:1903.10145,
  /// eq. 6 and 7, whose experiments have M = 4 and R = 0.5.
  ///
  /// **Fails** (stops) unless M is at least 1 and R above 0 and at most 1.
  public static func cyclical(
    steps: Int, cycles: Int = 4, proportion: Double = 0.5
  ) -> Schedule {
    require(
      cycles >= 1 && proportion > 0 && proportion <= 1, "Schedule.cyclical",
      "cycles is \(cycles) and proportion \(proportion), expected 1 or more and a part of 1")
    let period = Double(steps) / Double(max(cycles, 1))
    return Schedule { step in
      guard step < steps else { return 1 }
      let place = fmod(Double(step), period.rounded(.up)) / period
      return min(place / proportion, 1)
    }
  }

  /// start · factor^(t / period), the smooth form of `step(from:every:factor:)`.
  ///
  /// PyTorch: `ExponentialLR` with gamma = factor^(1 / period).
  public static func exponential(
    from start: Double, factor: Double, over period: Int
  ) -> Schedule {
    require(period > 0, "Schedule.exponential", "the period is \(period), expected 1 or more")
    return Schedule { start * realPower(factor, Double($0) / Double(max(period, 1))) }
  }
}
