/// Something to look at, as data: the terminal, the report and the studio draw the same value.
///
/// In JSON an object whose `kind` is `line`, `bar`, `scatter`, `picture` or `table`.
public enum Figure: Sendable, Hashable {
  /// Curves.
  case line(LineChart)
  /// Bars.
  case bar(BarChart)
  /// Points.
  case scatter(ScatterChart)
  /// Pixels.
  case picture(PictureFigure)
  /// Rows and columns.
  case table(Table)

  /// What it shows, in a few words.
  public var title: String {
    switch self {
    case .line(let chart): chart.title
    case .bar(let chart): chart.title
    case .scatter(let chart): chart.title
    case .picture(let figure): figure.title
    case .table(let table): table.title
    }
  }

  /// The same figure under another title.
  func titled(_ title: String) -> Figure {
    switch self {
    case .line(var chart):
      chart.title = title
      return .line(chart)
    case .bar(var chart):
      chart.title = title
      return .bar(chart)
    case .scatter(var chart):
      chart.title = title
      return .scatter(chart)
    case .picture(var figure):
      figure.title = title
      return .picture(figure)
    case .table(var table):
      table.title = title
      return .table(table)
    }
  }

  /// A sentence that stands below it; may be empty.
  public var caption: String {
    switch self {
    case .line(let chart): chart.caption
    case .bar(let chart): chart.caption
    case .scatter(let chart): chart.caption
    case .picture(let figure): figure.caption
    case .table(let table): table.caption
    }
  }
}

extension Figure: Codable {
  private enum Kind: String, Codable { case line, bar, scatter, picture, table }
  private enum Key: String, CodingKey { case kind }

  /// Reads the kind and then the figure of that kind.
  public init(from decoder: any Decoder) throws {
    switch try decoder.container(keyedBy: Key.self).decode(Kind.self, forKey: .kind) {
    case .line: self = .line(try LineChart(from: decoder))
    case .bar: self = .bar(try BarChart(from: decoder))
    case .scatter: self = .scatter(try ScatterChart(from: decoder))
    case .picture: self = .picture(try PictureFigure(from: decoder))
    case .table: self = .table(try Table(from: decoder))
    }
  }

  /// Writes the figure with its kind.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .line(let chart):
      try container.encode(Kind.line, forKey: .kind)
      try chart.encode(to: encoder)
    case .bar(let chart):
      try container.encode(Kind.bar, forKey: .kind)
      try chart.encode(to: encoder)
    case .scatter(let chart):
      try container.encode(Kind.scatter, forKey: .kind)
      try chart.encode(to: encoder)
    case .picture(let figure):
      try container.encode(Kind.picture, forKey: .kind)
      try figure.encode(to: encoder)
    case .table(let table):
      try container.encode(Kind.table, forKey: .kind)
      try table.encode(to: encoder)
    }
  }
}
