/// A bar a category, or several side by side, with intervals if known.
public struct BarChart: Sendable, Hashable, Codable {
  /// One bar in each category.
  public struct Series: Sendable, Hashable {
    /// The name in the legend.
    public var name: String
    /// A value a category; what is not finite has no bar.
    public var values: [Double]
    /// An interval a category, or none at all.
    public var intervals: [ClosedRange<Double>]

    /// A series of bars; stops when there are intervals and not one a value.
    public init(_ name: String, _ values: [Double], intervals: [ClosedRange<Double>] = []) {
      precondition(
        intervals.isEmpty || intervals.count == values.count,
        "\(name): \(values.count) values, \(intervals.count) intervals")
      self.name = name
      self.values = values
      self.intervals = intervals
    }
  }

  /// What the chart shows, in a few words.
  public var title: String
  /// A sentence under the chart; may be empty.
  public var caption: String
  /// What the categories are; its unit and scale are not used.
  public var xAxis: Axis
  /// What the bars measure.
  public var yAxis: Axis
  /// The categories from left to right.
  public var categories: [String]
  /// The bars of each category.
  public var series: [Series]

  /// A chart of bars; stops when a series has not one value a category.
  public init(
    _ title: String, caption: String = "", xAxis: Axis, yAxis: Axis, categories: [String],
    series: [Series]
  ) {
    precondition(
      series.allSatisfy { $0.values.count == categories.count },
      "\(title): \(categories.count) categories, \(series.map(\.values.count)) values")
    self.title = title
    self.caption = caption
    self.xAxis = xAxis
    self.yAxis = yAxis
    self.categories = categories
    self.series = series
  }
}

extension BarChart.Series: Codable {
  private enum Key: String, CodingKey { case name, values, lower, upper }

  /// Reads the bars; fails when an interval is missing or turned round.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    name = try container.decode(String.self, forKey: .name)
    values = try container.decode(NumberList.self, forKey: .values).values
    let lower = try container.decodeIfPresent([Double].self, forKey: .lower) ?? []
    let upper = try container.decodeIfPresent([Double].self, forKey: .upper) ?? []
    guard lower.count == upper.count, lower.isEmpty || lower.count == values.count,
      zip(lower, upper).allSatisfy({ $0 <= $1 })
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .lower, in: container, debugDescription: "expected one interval a value")
    }
    intervals = zip(lower, upper).map { $0...$1 }
  }

  /// Writes numbers that are not finite as `null`, and intervals by their ends.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .name)
    try container.encode(NumberList(values), forKey: .values)
    guard !intervals.isEmpty else { return }
    try container.encode(intervals.map(\.lowerBound), forKey: .lower)
    try container.encode(intervals.map(\.upperBound), forKey: .upper)
  }
}
