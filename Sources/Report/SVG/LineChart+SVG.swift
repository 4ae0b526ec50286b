extension LineChart {
  /// Curves and bands; colours come from the page's style.
  func svg(size: ChartSize, id: String) -> String {
    let drawn = series.map { $0.reduced(to: 400) }
    let edges = drawn.flatMap { ($0.band?.lower ?? []) + ($0.band?.upper ?? []) }
    let frame = PlotFrame(
      size: size, x: AxisScale(drawn.flatMap(\.x), isLogarithmic: xAxis.isLogarithmic),
      y: AxisScale(drawn.flatMap(\.y) + edges, isLogarithmic: yAxis.isLogarithmic).padded())
    var body = [frame.axes(xTitle: xAxis.label, yTitle: yAxis.label)]
    for (place, curve) in drawn.enumerated() {
      let color = "s\((curve.color ?? place) % Palette.count)"
      if let band = curve.band, !curve.x.isEmpty {
        let upper = zip(curve.x, band.upper).map { frame.point($0, $1) }
        let lower = zip(curve.x, band.lower).map { frame.point($0, $1) }
        let outline = (upper + lower.reversed()).compactMap { $0 }
        body.append("<path class=\"band \(color)\" d=\"\(SVG.path(outline))Z\"/>")
      }
      let points = zip(curve.x, curve.y).map { frame.point($0, $1) }
      let dash = curve.isDashed ? " dashed" : ""
      body.append("<path class=\"curve \(color)\(dash)\" d=\"\(SVG.path(points))\"/>")
      body += alone(points).map { point in
        "<circle class=\"dot \(color)\" cx=\"\(SVG.number(point.x))\" cy=\"\(SVG.number(point.y))\" r=\"3\"/>"
      }
    }
    return SVG.document(body, size: size, id: id, title: title, summary: summary)
  }

  /// Points without a neighbour, which a line alone would not show.
  private func alone(_ points: [(x: Double, y: Double)?]) -> [(x: Double, y: Double)] {
    points.indices.compactMap { place in
      let before = place > 0 ? points[place - 1] : nil
      let after = place + 1 < points.count ? points[place + 1] : nil
      return before == nil && after == nil ? points[place] : nil
    }
  }
}

/// The colours of series; the page's style holds as many.
enum Palette {
  static let count = 10
}
