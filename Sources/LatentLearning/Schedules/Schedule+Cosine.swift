import LatentNN

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Schedule {
  /// From `start` to `end` on half a cosine: end + (start − end)(1 + cos(π t / steps)) / 2.
  ///
  /// **Source**: Loshchilov and Hutter 2016, arXiv:1608.03983, eq. 5. PyTorch: `CosineAnnealingLR`, which
  /// rises again after its end.
  public static func cosine(from start: Double, to end: Double = 0, steps: Int) -> Schedule {
    Schedule { halfCosine(from: start, to: end, progress($0, of: steps)) }
  }

  /// Half cosines one after the other, the first over `first` steps, each `growth` times as long.
  ///
  /// **Source**: Loshchilov and Hutter 2016, arXiv:1608.03983. PyTorch: `CosineAnnealingWarmRestarts`.
  public static func cosineRestarts(
    from start: Double, to end: Double = 0, first: Int, growth: Int = 1
  ) -> Schedule {
    require(
      first > 0 && growth > 0, "Schedule.cosineRestarts",
      "first is \(first) and growth \(growth), expected positive numbers")
    if first <= 0 || growth <= 0 { return .constant(start) }
    return Schedule { step in
      var (begun, length) = (0, first)
      if growth == 1 {
        begun = step / first * first
      } else {
        while step >= begun + length { (begun, length) = (begun + length, length * growth) }
      }
      return halfCosine(from: start, to: end, Double(step - begun) / Double(length))
    }
  }

  /// How one cycle's branches are shaped.
  public enum CycleShape: String, Sendable, Codable {
    /// Half a cosine.
    case cosine
    /// A straight line.
    case linear
  }

  /// Up from `peak` / `startFactor` to `peak`, then down to `peak` / (`startFactor` · `endFactor`).
  ///
  /// With `threePhases` the fall is first as long as the rise, back to the start, and then goes on to the
  /// end. **Source**: Smith and Topin 2017, arXiv:1708.07120. PyTorch: `OneCycleLR`.
  ///
  /// - Parameters:
  ///   - peak: the largest value.
  ///   - steps: the steps of the whole cycle.
  ///   - rise: the part of the steps that goes up.
  ///   - startFactor: the peak over the first value.
  ///   - endFactor: the first value over the last.
  ///   - shape: of each branch.
  ///   - threePhases: whether the fall stops at the first value on its way.
  /// - Returns: the cycle, which then holds its last value.
  public static func oneCycle(
    peak: Double, steps: Int, rise: Double = 0.3, startFactor: Double = 25,
    endFactor: Double = 1e4, shape: CycleShape = .cosine, threePhases: Bool = false
  ) -> Schedule {
    let start = peak / startFactor
    let top = rise * Double(steps) - 1
    var knots = [(at: 0.0, value: start), (at: top, value: peak)]
    if threePhases { knots.append((at: 2 * rise * Double(steps) - 2, value: start)) }
    knots.append((at: Double(steps - 1), value: start / endFactor))
    let points = knots
    return Schedule { step in
      let t = Double(step)
      guard let next = points.dropFirst().firstIndex(where: { t <= $0.at }) else {
        return points[points.count - 1].value
      }
      let (a, b) = (points[next - 1], points[next])
      let part = (t - a.at) / (b.at - a.at)
      return shape == .linear
        ? a.value + (b.value - a.value) * part : halfCosine(from: a.value, to: b.value, part)
    }
  }
}

/// end + (start − end)(1 + cos(π p)) / 2.
private func halfCosine(from start: Double, to end: Double, _ part: Double) -> Double {
  end + (start - end) * (1 + cos(Double.pi * part)) / 2
}

/// baseⁿ for a whole n.
func power(_ base: Double, _ exponent: Int) -> Double { pow(base, Double(exponent)) }

/// baseᵉ.
func realPower(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
