extension BarChart {
  /// Bars from zero with their intervals; colours come from the page's style.
  func svg(size: ChartSize, id: String) -> String {
    let ends = series.flatMap(\.intervals).flatMap { [$0.lowerBound, $0.upperBound] }
    let frame = PlotFrame(
      size: size, x: AxisScale([0, Double(max(1, categories.count))]),
      y: AxisScale(series.flatMap(\.values) + ends, includesZero: true).padded())
    let step = max(1, (categories.count + Int(size.width) / 60 - 1) / (Int(size.width) / 60))
    let ticks = categories.indices.filter { $0 % step == 0 }
      .map { (value: Double($0) + 0.5, text: categories[$0]) }
    var body = [frame.axes(xTitle: xAxis.label, yTitle: yAxis.label, xTicks: ticks)]
    let share = 0.76 / Double(max(1, series.count))
    for (place, bars) in series.enumerated() {
      let color = "s\(place % Palette.count)"
      for (category, value) in bars.values.enumerated() {
        let start = Double(category) + 0.12 + Double(place) * share
        guard let end = frame.point(start + share * 0.94, value),
          let base = frame.point(start, 0)
        else { continue }
        let (high, low) = (min(end.y, base.y), max(end.y, base.y))
        body.append(
          "<rect class=\"bar \(color)\" x=\"\(SVG.number(base.x))\" y=\"\(SVG.number(high))\""
            + " width=\"\(SVG.number(end.x - base.x))\" height=\"\(SVG.number(low - high))\"/>")
        guard !bars.intervals.isEmpty else { continue }
        let middle = start + share * 0.47
        let span = bars.intervals[category]
        let whisker = [frame.point(middle, span.lowerBound), frame.point(middle, span.upperBound)]
        body.append("<path class=\"whisker\" d=\"\(SVG.path(whisker))\"/>")
      }
    }
    return SVG.document(body, size: size, id: id, title: title, summary: summary)
  }
}
