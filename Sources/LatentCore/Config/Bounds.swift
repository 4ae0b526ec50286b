/// The numbers a setting may take, with words for people.
public struct Bounds<Value: Comparable & Sendable>: Sendable {
  /// The least value, if there is one.
  public let lower: Value?
  /// The greatest value, if there is one.
  public let upper: Value?
  /// Whether `lower` itself is outside.
  public let excludesLower: Bool
  /// Whether `upper` itself is outside.
  public let excludesUpper: Bool

  private init(
    lower: Value? = nil, upper: Value? = nil, excludesLower: Bool = false,
    excludesUpper: Bool = false
  ) {
    self.lower = lower
    self.upper = upper
    self.excludesLower = excludesLower
    self.excludesUpper = excludesUpper
  }

  /// Every value.
  public static var any: Bounds { Bounds() }

  /// `x ≥ lower`.
  public static func atLeast(_ lower: Value) -> Bounds { Bounds(lower: lower) }

  /// `x > lower`.
  public static func above(_ lower: Value) -> Bounds { Bounds(lower: lower, excludesLower: true) }

  /// `lower ≤ x ≤ upper`.
  public static func between(_ lower: Value, _ upper: Value) -> Bounds {
    Bounds(lower: lower, upper: upper)
  }

  /// `lower ≤ x < upper`.
  public static func from(_ lower: Value, below upper: Value) -> Bounds {
    Bounds(lower: lower, upper: upper, excludesUpper: true)
  }

  /// `lower < x ≤ upper`.
  public static func above(_ lower: Value, upTo upper: Value) -> Bounds {
    Bounds(lower: lower, upper: upper, excludesLower: true)
  }

  /// Whether `value` lies inside; NaN never does unless every value does.
  public func contains(_ value: Value) -> Bool {
    if let lower, !(excludesLower ? value > lower : value >= lower) { return false }
    if let upper, !(excludesUpper ? value < upper : value <= upper) { return false }
    return true
  }

  /// The bounds in words that follow «a number», such as «at least 1» or «from 0 to 1»; empty when
  /// every value is inside.
  public var words: String {
    let low = lower.map { "\($0)".trimmingZeroFraction }
    let high = upper.map { "\($0)".trimmingZeroFraction }
    switch (low, high) {
    case (nil, nil): return ""
    case (let low?, nil): return (excludesLower ? "above " : "at least ") + low
    case (nil, let high?): return (excludesUpper ? "below " : "at most ") + high
    case (let low?, let high?):
      return (excludesLower ? "above \(low)" : "from \(low)")
        + (excludesUpper
          ? " and below \(high)" : (excludesLower ? " up to \(high)" : " to \(high)"))
    }
  }
}

extension String {
  /// `1.0` as `1`, so that bounds of fractions read like bounds of whole numbers.
  fileprivate var trimmingZeroFraction: String { hasSuffix(".0") ? String(dropLast(2)) : self }
}
