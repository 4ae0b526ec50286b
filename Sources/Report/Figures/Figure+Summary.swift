import LatentCore

extension Figure {
  /// The figure in words with its numbers, for those who do not see it and for terminals.
  public var summary: String {
    switch self {
    case .line(let chart): chart.summary
    case .bar(let chart): chart.summary
    case .scatter(let chart): chart.summary
    case .picture(let figure): figure.alternativeText
    case .table(let table): "Table: \(table.title), \(table.rows.count) rows."
    }
  }
}

extension LineChart {
  /// Start, end and extremes of each curve in words.
  public var summary: String {
    let head = "Line chart, \(title): \(yAxis.label) over \(xAxis.label)."
    return ([head] + series.map { "\($0.name): \($0.summary)." }).joined(separator: " ")
  }
}

extension LineChart.Series {
  /// The points that can be drawn, in order.
  var finitePoints: [(x: Double, y: Double)] {
    zip(x, y).filter { $0.isFinite && $1.isFinite }.map { (x: $0, y: $1) }
  }

  var summary: String {
    let points = finitePoints
    let missing = y.count - points.count
    let gaps = missing == 0 ? "" : ", \(missing) of \(y.count) values are no finite number"
    guard let first = points.first, let last = points.last,
      let low = points.min(by: { $0.y < $1.y }), let high = points.max(by: { $0.y < $1.y })
    else { return y.isEmpty ? "no values" : "no finite value" }
    func at(_ point: (x: Double, y: Double)) -> String {
      "\(NumberText.short(point.y)) at \(NumberText.short(point.x))"
    }
    guard points.count > 1 else { return at(first) + gaps }
    return "from \(at(first)) to \(at(last)), lowest \(at(low)), highest \(at(high))" + gaps
  }
}

extension BarChart {
  /// Each bar in words, at most forty a series.
  public var summary: String {
    let head = "Bar chart, \(title): \(yAxis.label) by \(xAxis.title)."
    let parts = series.map { series in
      let bars = zip(categories, series.values).prefix(40)
        .map { "\($0) \(NumberText.short($1))" }
      let rest = categories.count > 40 ? ", and \(categories.count - 40) more" : ""
      return "\(series.name): \(bars.joined(separator: ", "))\(rest)."
    }
    return ([head] + parts).joined(separator: " ")
  }
}

extension ScatterChart {
  /// The number of points and their extent in words.
  public var summary: String {
    let head = "Scatter chart, \(title): \(yAxis.label) against \(xAxis.label)."
    func extent(_ values: [Double]) -> String {
      let finite = values.filter(\.isFinite)
      guard let low = finite.min(), let high = finite.max() else { return "nowhere" }
      return "\(NumberText.short(low)) to \(NumberText.short(high))"
    }
    let parts = series.map {
      "\($0.name): \($0.x.count) points, x \(extent($0.x)), y \(extent($0.y))."
    }
    return ([head] + parts).joined(separator: " ")
  }
}
