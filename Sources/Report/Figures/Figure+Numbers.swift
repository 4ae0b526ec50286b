import LatentCore

extension Figure {
  /// The numbers of a chart as a table, for reading and for copying; nil for pictures and tables.
  public var numbers: Table? {
    switch self {
    case .line(let chart): chart.numbers
    case .bar(let chart): chart.numbers
    case .scatter(let chart): chart.numbers
    case .picture, .table: nil
    }
  }
}

extension LineChart {
  /// Start, end and extremes of each curve.
  var numbers: Table {
    func text(_ point: (x: Double, y: Double)?) -> String {
      point.map { "\(NumberText.short($0.y, digits: 6)) at \(NumberText.short($0.x))" } ?? ""
    }
    let rows = series.map { curve in
      let points = curve.finitePoints
      let low = points.min { $0.y < $1.y }
      let high = points.max { $0.y < $1.y }
      let ends = [points.first, points.last, low, high].map(text)
      return [curve.name, "\(curve.y.count)"] + ends
    }
    let titles = ["Values", "First", "Last", "Lowest", "Highest"]
    return Table(
      "\(yAxis.label) at \(xAxis.label)",
      columns: [.init("Curve")] + titles.map { .init($0, isNumeric: true) }, rows: rows)
  }
}

extension BarChart {
  /// Each category with its values.
  var numbers: Table {
    let rows = categories.indices.map { place in
      [categories[place]]
        + series.map { bars in
          let value = NumberText.short(bars.values[place], digits: 6)
          guard !bars.intervals.isEmpty else { return value }
          let ends = [bars.intervals[place].lowerBound, bars.intervals[place].upperBound]
          return
            "\(value) (\(ends.map { NumberText.short($0, digits: 6) }.joined(separator: " to ")))"
        }
    }
    return Table(
      yAxis.label,
      columns: [.init(xAxis.title)] + series.map { .init($0.name, isNumeric: true) }, rows: rows)
  }
}

extension ScatterChart {
  /// How many points each group has and where its middle lies.
  var numbers: Table {
    func middle(_ values: [Double]) -> String {
      let finite = values.filter(\.isFinite)
      guard !finite.isEmpty else { return "" }
      return NumberText.short(finite.reduce(0, +) / Double(finite.count))
    }
    let rows = series.map { [$0.name, "\($0.x.count)", middle($0.x), middle($0.y)] }
    let titles = ["Points", "Mean \(xAxis.label)", "Mean \(yAxis.label)"]
    return Table(
      title, columns: [.init("Group")] + titles.map { .init($0, isNumeric: true) }, rows: rows)
  }
}
