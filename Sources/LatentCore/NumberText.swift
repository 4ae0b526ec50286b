/// Numbers as people read them, the same in every locale.
package enum NumberText {
  /// `value` with `decimals` digits after the point, halves rounded away from zero; `nan` and `inf`
  /// as words. Values of 1e15 and beyond are in scientific form.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    guard value.magnitude < 1e15 else { return scientific(value, digits: decimals + 1) }
    var scale = 1
    for _ in 0..<decimals { scale *= 10 }
    let whole = value.magnitude.rounded(.down)
    let part = ((value.magnitude - whole) * Double(scale)).rounded()
    let carried = part >= Double(scale)
    let integer = Int(whole) + (carried ? 1 : 0)
    let fraction = carried ? 0 : Int(part)
    let isZero = integer == 0 && fraction == 0
    let sign = value < 0 && !isZero ? "-" : ""
    guard decimals > 0 else { return sign + String(integer) }
    let digits = String(fraction)
    let zeros = String(repeating: "0", count: max(0, decimals - digits.count))
    return "\(sign)\(integer).\(zeros)\(digits)"
  }

  /// `value` with about `digits` significant digits; the integer part is never shortened below 1e7,
  /// and very small and large values are in scientific form: `-103.21`, `78.0`, `0.00120`, `1.50e-5`.
  package static func significant(_ value: Double, digits: Int) -> String {
    guard value.isFinite, value != 0 else { return fixed(value, decimals: digits - 1) }
    var exponent = 0
    var rest = value.magnitude
    while rest >= 10, exponent < 16 { (rest, exponent) = (rest / 10, exponent + 1) }
    while rest < 1, exponent > -5 { (rest, exponent) = (rest * 10, exponent - 1) }
    guard (-4..<7).contains(exponent) else { return scientific(value, digits: digits) }
    return fixed(value, decimals: max(0, digits - 1 - exponent))
  }

  /// `value` as `1.50e-5`, with `digits` significant digits.
  package static func scientific(_ value: Double, digits: Int) -> String {
    guard value.isFinite, value != 0 else { return fixed(value, decimals: max(0, digits - 1)) }
    var exponent = 0
    var mantissa = value
    while mantissa.magnitude >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa.magnitude < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    var text = fixed(mantissa, decimals: max(0, digits - 1))
    if text.hasPrefix("10") || text.hasPrefix("-10") {
      text = fixed(mantissa / 10, decimals: max(0, digits - 1))
      exponent += 1
    }
    return "\(text)e\(exponent)"
  }

  /// A whole number with thousands set apart: `2,310`.
  package static func grouped(_ value: Int) -> String {
    var result = ""
    for (index, digit) in String(value.magnitude).reversed().enumerated() {
      if index > 0, index.isMultiple(of: 3) { result.append(",") }
      result.append(digit)
    }
    return (value < 0 ? "-" : "") + String(result.reversed())
  }

  /// Events a second: whole and grouped from 100 on, else three significant digits.
  package static func rate(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e15 else { return fixed(value, decimals: 0) }
    return value >= 100 ? grouped(Int(value.rounded())) : significant(value, digits: 3)
  }

  /// A span of time as `0:12`, `12:05`, `1:02:33` or `3 d 04:10`; parts of a second are dropped.
  package static func duration(seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e11 else { return "?" }
    let total = Int(seconds)
    let (days, hours, minutes) = (total / 86_400, total / 3_600 % 24, total / 60 % 60)
    if days > 0 { return "\(days) d \(twoDigits(hours)):\(twoDigits(minutes))" }
    if hours > 0 { return "\(hours):\(twoDigits(minutes)):\(twoDigits(total % 60))" }
    return "\(minutes):\(twoDigits(total % 60))"
  }

  /// A length as `312 bytes`, `4.10 kB`, `25.3 MB`: thousands, three significant digits.
  package static func bytes(_ count: Int) -> String {
    guard count >= 1000 else { return "\(count) bytes" }
    var value = Double(count)
    var units = ["kB", "MB", "GB", "TB"][...]
    value /= 1000
    while value >= 999.5, units.count > 1 {
      value /= 1000
      units.removeFirst()
    }
    return "\(significant(value, digits: 3)) \(units.first ?? "TB")"
  }

  private static func twoDigits(_ value: Int) -> String { (value < 10 ? "0" : "") + String(value) }
}
