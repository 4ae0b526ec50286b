/// A measured number with its unit, its uncertainty and how many things it was measured on.
public struct MetricRow: Sendable, Hashable, Codable {
  /// The metric, such as `test ELBO`.
  public var name: String
  /// The number.
  public var value: Double
  /// Its unit, such as `nat`; empty for none.
  public var unit: String
  /// The interval around it, nil when it is not known.
  public var interval: ClosedRange<Double>?
  /// What the interval is, such as `95 % over examples`.
  public var intervalKind: String
  /// How many examples, or seeds, it was measured on; nil when that has no meaning.
  public var count: Int?
  /// What is to be known about it, such as the bound or the estimator; may be empty.
  public var note: String

  /// A measured number.
  public init(
    _ name: String, value: Double, unit: String, interval: ClosedRange<Double>? = nil,
    intervalKind: String = "95 %", count: Int? = nil, note: String = ""
  ) {
    self.name = name
    self.value = value
    self.unit = unit
    self.interval = interval
    self.intervalKind = intervalKind
    self.count = count
    self.note = note
  }

  /// The number with as many places as its interval supports, without the unit.
  public var valueText: String {
    guard let interval else { return NumberText.short(value, digits: 5) }
    return NumberText.fixed(value, decimals: decimals(interval))
  }

  /// The ends of the interval, such as `-103.8 to -103.1`; empty without one.
  public var intervalText: String {
    guard let interval else { return "" }
    let places = decimals(interval)
    let ends = [interval.lowerBound, interval.upperBound]
    return ends.map { NumberText.fixed($0, decimals: places) }.joined(separator: " to ")
  }

  private func decimals(_ interval: ClosedRange<Double>) -> Int {
    NumberText.decimals(forUncertainty: (interval.upperBound - interval.lowerBound) / 2)
  }
}
