/// Curves over a common axis, with bands around them if wanted.
public struct LineChart: Sendable, Hashable, Codable {
  /// One curve.
  public struct Series: Sendable, Hashable {
    /// The name in the legend.
    public var name: String
    /// Places along the horizontal axis, in order.
    public var x: [Double]
    /// A value a place; what is not finite leaves a gap.
    public var y: [Double]
    /// The band around the curve, such as an interval over seeds; nil for none.
    public var band: Band?
    /// Whether the curve is drawn with dashes.
    public var isDashed: Bool
    /// Which colour of the palette; nil takes the next.
    public var color: Int?

    /// A curve; stops when the arrays differ in length.
    public init(
      _ name: String, x: [Double], y: [Double], band: Band? = nil, isDashed: Bool = false,
      color: Int? = nil
    ) {
      precondition(x.count == y.count, "\(name): \(x.count) places, \(y.count) values")
      precondition(
        band.map { $0.lower.count == x.count && $0.upper.count == x.count } ?? true,
        "\(name): the band has another length than the curve")
      self.name = name
      self.x = x
      self.y = y
      self.band = band
      self.isDashed = isDashed
      self.color = color
    }
  }

  /// The lower and upper edge around a curve, a value a place each.
  public struct Band: Sendable, Hashable {
    /// The edges.
    public var lower, upper: [Double]

    /// A band by its edges.
    public init(lower: [Double], upper: [Double]) {
      self.lower = lower
      self.upper = upper
    }
  }

  /// What the chart shows, in a few words.
  public var title: String
  /// A sentence under the chart; may be empty.
  public var caption: String
  /// What the axes measure.
  public var xAxis, yAxis: Axis
  /// The curves, in the order of the legend.
  public var series: [Series]

  /// A chart of curves.
  public init(_ title: String, caption: String = "", xAxis: Axis, yAxis: Axis, series: [Series]) {
    self.title = title
    self.caption = caption
    self.xAxis = xAxis
    self.yAxis = yAxis
    self.series = series
  }
}

extension LineChart.Series: Codable {
  private enum Key: String, CodingKey { case name, x, y, band, isDashed, color }

  /// Reads the curve; fails when the arrays differ in length.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    name = try values.decode(String.self, forKey: .name)
    x = try values.decode(NumberList.self, forKey: .x).values
    y = try values.decode(NumberList.self, forKey: .y).values
    band = try values.decodeIfPresent(LineChart.Band.self, forKey: .band)
    isDashed = try values.decodeIfPresent(Bool.self, forKey: .isDashed) ?? false
    color = try values.decodeIfPresent(Int.self, forKey: .color)
    let counts = [y.count, band?.lower.count ?? x.count, band?.upper.count ?? x.count]
    guard counts.allSatisfy({ $0 == x.count }) else {
      throw DecodingError.dataCorruptedError(
        forKey: .y, in: values, debugDescription: "expected \(x.count) values, found \(counts)")
    }
  }

  /// Writes numbers that are not finite as `null`.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(name, forKey: .name)
    try values.encode(NumberList(x), forKey: .x)
    try values.encode(NumberList(y), forKey: .y)
    try values.encodeIfPresent(band, forKey: .band)
    try values.encode(isDashed, forKey: .isDashed)
    try values.encodeIfPresent(color, forKey: .color)
  }
}

extension LineChart.Band: Codable {
  private enum Key: String, CodingKey { case lower, upper }

  /// Reads the edges.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    lower = try values.decode(NumberList.self, forKey: .lower).values
    upper = try values.decode(NumberList.self, forKey: .upper).values
  }

  /// Writes numbers that are not finite as `null`.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(NumberList(lower), forKey: .lower)
    try values.encode(NumberList(upper), forKey: .upper)
  }
}
