/// Points in the plane, in groups, each with a text if wanted.
public struct ScatterChart: Sendable, Hashable, Codable {
  /// Points of one colour.
  public struct Series: Sendable, Hashable {
    /// The name in the legend.
    public var name: String
    /// The places; points that are not finite are left out.
    public var x, y: [Double]
    /// What a point says when it is pointed at; empty for none.
    public var texts: [String]
    /// The number of each point's picture in the chart's thumbnails; empty for none.
    public var thumbnails: [Int]

    /// A group of points; stops when the arrays differ in length.
    public init(
      _ name: String, x: [Double], y: [Double], texts: [String] = [], thumbnails: [Int] = []
    ) {
      precondition(
        x.count == y.count && (texts.isEmpty || texts.count == x.count)
          && (thumbnails.isEmpty || thumbnails.count == x.count),
        "\(name): \(x.count) and \(y.count) places, \(texts.count) texts, \(thumbnails.count) pictures"
      )
      self.name = name
      self.x = x
      self.y = y
      self.texts = texts
      self.thumbnails = thumbnails
    }
  }

  /// What the chart shows, in a few words.
  public var title: String
  /// A sentence under the chart; may be empty.
  public var caption: String
  /// What the axes measure.
  public var xAxis, yAxis: Axis
  /// The groups, in the order of the legend.
  public var series: [Series]
  /// The pictures that points show when they are pointed at; nil for none.
  public var thumbnails: ThumbnailSheet?

  /// A chart of points.
  public init(
    _ title: String, caption: String = "", xAxis: Axis, yAxis: Axis, series: [Series],
    thumbnails: ThumbnailSheet? = nil
  ) {
    self.title = title
    self.caption = caption
    self.xAxis = xAxis
    self.yAxis = yAxis
    self.series = series
    self.thumbnails = thumbnails
  }
}

extension ScatterChart.Series: Codable {
  private enum Key: String, CodingKey { case name, x, y, texts, thumbnails }

  /// Reads the points; fails when the arrays differ in length.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    name = try values.decode(String.self, forKey: .name)
    x = try values.decode(NumberList.self, forKey: .x).values
    y = try values.decode(NumberList.self, forKey: .y).values
    texts = try values.decodeIfPresent([String].self, forKey: .texts) ?? []
    thumbnails = try values.decodeIfPresent([Int].self, forKey: .thumbnails) ?? []
    guard x.count == y.count, texts.isEmpty || texts.count == x.count,
      thumbnails.isEmpty || thumbnails.count == x.count
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .y, in: values, debugDescription: "expected \(x.count) values, found \(y.count)")
    }
  }

  /// Writes numbers that are not finite as `null`.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(name, forKey: .name)
    try values.encode(NumberList(x), forKey: .x)
    try values.encode(NumberList(y), forKey: .y)
    if !texts.isEmpty { try values.encode(texts, forKey: .texts) }
    if !thumbnails.isEmpty { try values.encode(thumbnails, forKey: .thumbnails) }
  }
}
