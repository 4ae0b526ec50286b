import LatentCore

/// A measured number with its unit, its uncertainty and how many things it was measured on.
public struct MetricRow: Sendable, Hashable {
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
    guard let interval, interval.lowerBound < interval.upperBound else {
      return NumberText.short(value, digits: 5)
    }
    return NumberText.fixed(value, decimals: decimals(interval))
  }

  /// The ends of the interval, such as `-103.8 to -103.1`; one number when they agree, empty
  /// without an interval.
  public var intervalText: String {
    guard let interval else { return "" }
    let ends = [interval.lowerBound, interval.upperBound]
    guard ends[0] < ends[1] else { return NumberText.short(ends[0], digits: 5) }
    let places = decimals(interval)
    return ends.map { NumberText.fixed($0, decimals: places) }.joined(separator: " to ")
  }

  /// What the interval stands on, such as `95 % over examples, n = 250`.
  public var basisText: String {
    ([intervalKind] + (count.map { ["n = \($0)"] } ?? [])).filter { !$0.isEmpty }
      .joined(separator: ", ")
  }

  private func decimals(_ interval: ClosedRange<Double>) -> Int {
    NumberText.decimals(forUncertainty: (interval.upperBound - interval.lowerBound) / 2)
  }
}

extension MetricRow: Codable {
  private enum Key: String, CodingKey {
    case name, value, unit, interval, intervalKind, count, note
  }

  /// Reads the row; `null` as value means that there was no finite number.
  public init(from decoder: any Swift.Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    self.init(
      try values.decode(String.self, forKey: .name),
      value: try values.decode(NumberOrNull.self, forKey: .value).value,
      unit: try values.decode(String.self, forKey: .unit),
      interval: try values.decodeIfPresent(ClosedRange<Double>.self, forKey: .interval),
      intervalKind: try values.decodeIfPresent(String.self, forKey: .intervalKind) ?? "95 %",
      count: try values.decodeIfPresent(Int.self, forKey: .count),
      note: try values.decodeIfPresent(String.self, forKey: .note) ?? "")
  }

  /// Writes the row; a value that is not finite as `null`, an endless interval not at all.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(name, forKey: .name)
    try values.encode(NumberOrNull(value), forKey: .value)
    try values.encode(unit, forKey: .unit)
    if let interval, interval.lowerBound.isFinite, interval.upperBound.isFinite {
      try values.encode(interval, forKey: .interval)
    }
    try values.encode(intervalKind, forKey: .intervalKind)
    try values.encodeIfPresent(count, forKey: .count)
    try values.encode(note, forKey: .note)
  }
}
