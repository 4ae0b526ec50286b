extension ScatterChart {
  /// The most points that a static drawing shows; evenly chosen when there are more.
  static let drawnLimit = 2000

  /// Points; colours come from the page's style.
  func svg(size: ChartSize, id: String) -> String {
    let frame = PlotFrame(
      size: size,
      x: AxisScale(series.flatMap(\.x), isLogarithmic: xAxis.isLogarithmic).padded(),
      y: AxisScale(series.flatMap(\.y), isLogarithmic: yAxis.isLogarithmic).padded())
    var body = [frame.axes(xTitle: xAxis.label, yTitle: yAxis.label)]
    let total = series.map(\.x.count).reduce(0, +)
    let step = max(1, (total + Self.drawnLimit - 1) / Self.drawnLimit)
    for (place, group) in series.enumerated() {
      let color = "s\(place % Palette.count)"
      let points = stride(from: 0, to: group.x.count, by: step)
        .compactMap { frame.point(group.x[$0], group.y[$0]) }
      // A line of length zero with round ends is a dot, and far shorter than a circle.
      let dots = points.map { "M\(SVG.number($0.x)) \(SVG.number($0.y))h0" }.joined()
      body.append("<path class=\"points \(color)\" d=\"\(dots)\"/>")
    }
    if series.count > 1 { body += series.compactMap { name($0, in: frame) } }
    return SVG.document(body, size: size, id: id, title: title, summary: summary)
  }

  /// The name of a group at its middle, so that colours are not the only key.
  private func name(_ group: Series, in frame: PlotFrame) -> String? {
    let points = zip(group.x, group.y).compactMap { frame.point($0, $1) }
    guard !points.isEmpty else { return nil }
    let across = points.map(\.x).reduce(0, +) / Double(points.count)
    let down = points.map(\.y).reduce(0, +) / Double(points.count)
    return SVG.text(group.name, x: across, y: down + 4, anchor: "middle", kind: "group")
  }
}
