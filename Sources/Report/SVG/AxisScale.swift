import LatentCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where a value lies along an axis, and which values get a mark.
struct AxisScale: Equatable {
  let lower: Double
  let upper: Double
  let isLogarithmic: Bool

  /// A scale that holds all of `values` that can be shown, and zero if `includesZero`.
  init(_ values: some Sequence<Double>, isLogarithmic: Bool = false, includesZero: Bool = false) {
    var low = Double.infinity
    var high = -Double.infinity
    for value in values where value.isFinite && (!isLogarithmic || value > 0) {
      low = min(low, value)
      high = max(high, value)
    }
    if low > high { (low, high) = isLogarithmic ? (1, 10) : (0, 1) }
    if includesZero, !isLogarithmic { (low, high) = (min(low, 0), max(high, 0)) }
    if low == high {
      let room = isLogarithmic ? low / 2 : max(abs(low) / 10, 0.5)
      (low, high) = isLogarithmic ? (low / 2, high * 2) : (low - room, high + room)
    }
    (lower, upper) = (low, high)
    self.isLogarithmic = isLogarithmic
  }

  /// The same scale with a little room at both ends, none at zero.
  func padded(by share: Double = 0.04) -> AxisScale {
    guard !isLogarithmic else {
      let factor = pow(upper / lower, share)
      return AxisScale(lower: lower / factor, upper: upper * factor, isLogarithmic: true)
    }
    let room = (upper - lower) * share
    return AxisScale(
      lower: lower == 0 ? 0 : lower - room, upper: upper == 0 ? 0 : upper + room,
      isLogarithmic: false)
  }

  private init(lower: Double, upper: Double, isLogarithmic: Bool) {
    self.lower = lower
    self.upper = upper
    self.isLogarithmic = isLogarithmic
  }

  /// 0 at the lower end, 1 at the upper; nil for what cannot be shown.
  func position(_ value: Double) -> Double? {
    guard value.isFinite else { return nil }
    if !isLogarithmic { return (value - lower) / (upper - lower) }
    return value > 0 ? log(value / lower) / log(upper / lower) : nil
  }

  /// Round values inside the scale, about `count` of them, with their texts.
  func ticks(about count: Int) -> [(value: Double, text: String)] {
    (isLogarithmic ? decades() : steps(about: count)).map { ($0, NumberText.short($0, digits: 6)) }
  }

  /// Multiples of 1, 2 or 5 times a power of ten.
  private func steps(about count: Int) -> [Double] {
    let rough = (upper - lower) / Double(max(1, count))
    let decade = pow(10, log10(rough).rounded(.down))
    let step = ([1, 2, 5, 10].first { $0 * decade >= rough * 0.7 } ?? 10) * decade
    let first = (lower / step).rounded(.up)
    let last = (upper / step).rounded(.down)
    guard first <= last, last - first < 1000 else { return [] }
    return stride(from: first, through: last, by: 1).map { $0 == 0 ? 0 : $0 * step }
  }

  private func decades() -> [Double] {
    let first = Int(log10(lower).rounded(.up))
    let last = Int(log10(upper).rounded(.down))
    if last - first >= 1 {
      let step = max(1, (last - first) / 6)
      return stride(from: first, through: last, by: step).map { pow(10, Double($0)) }
    }
    return steps(about: 5).filter { $0 > 0 }
  }
}
