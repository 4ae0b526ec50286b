#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension NumberText {
  /// At most `digits` significant digits, such as `-103.4`, `0.0012`, `1.2e-07`.
  package static func short(_ value: Double, digits: Int = 4) -> String {
    guard value.isFinite else { return value.isNaN ? "no number" : value < 0 ? "-∞" : "∞" }
    guard value != 0 else { return "0" }
    let magnitude = Int(log10(abs(value)).rounded(.down))
    // Whole numbers keep their digits: 12345 is a count as often as a measurement.
    let decimals = abs(value) >= 1e5 && value != value.rounded() ? 0 : digits - 1 - magnitude
    guard decimals <= 300 else { return "0" }
    let rounded =
      value == value.rounded() && abs(value) < 1e15
      ? value : rounding(value, decimals: decimals)
    let text = rounded.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// The places after the point that show two digits of an uncertainty.
  package static func decimals(forUncertainty width: Double) -> Int {
    guard width.isFinite, width > 0 else { return 2 }
    return max(0, min(8, 1 - Int(log10(width).rounded(.down))))
  }

  private static func rounding(_ value: Double, decimals: Int) -> Double {
    decimals >= 0
      ? (value * power(decimals)).rounded() / power(decimals)
      : (value / power(-decimals)).rounded() * power(-decimals)
  }

  private static func power(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? .infinity }
}
