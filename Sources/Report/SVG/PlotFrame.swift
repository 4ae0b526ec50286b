/// The frame of a chart: where values lie on the paper, and its axes, marks and titles.
struct PlotFrame {
  let width: Double
  let height: Double
  let x: AxisScale
  let y: AxisScale
  let left: Double
  let right: Double = 16
  let top: Double = 10
  let bottom: Double = 46

  private let yTicks: [(value: Double, text: String)]

  init(size: ChartSize, x: AxisScale, y: AxisScale) {
    (width, height) = (size.width, size.height)
    self.x = x
    self.y = y
    yTicks = y.ticks(about: 5)
    left = 34 + Double(yTicks.map(\.text.count).max() ?? 1) * 7
  }

  /// The place on the paper; nil for what cannot be shown.
  func point(_ xValue: Double, _ yValue: Double) -> (x: Double, y: Double)? {
    guard let across = x.position(xValue), let up = y.position(yValue) else { return nil }
    return (left + across * (width - left - right), height - bottom - up * plotHeight)
  }

  var plotHeight: Double { height - top - bottom }

  /// Grid, axes, marks and titles; `xTicks` in place of the scale's own.
  func axes(xTitle: String, yTitle: String, xTicks: [(value: Double, text: String)]? = nil)
    -> String
  {
    var lines: [String] = []
    for tick in yTicks {
      guard let place = point(x.lower, tick.value) else { continue }
      let at = SVG.number(place.y)
      let edge = SVG.number(width - right)
      lines.append(
        "<path class=\"grid\" d=\"M\(SVG.number(left)) \(at)H\(edge)\"/>"
          + SVG.text(tick.text, x: left - 8, y: place.y + 4, anchor: "end"))
    }
    for tick in xTicks ?? x.ticks(about: 6) {
      guard let place = point(tick.value, y.lower) else { continue }
      lines.append(SVG.text(tick.text, x: place.x, y: height - bottom + 18, anchor: "middle"))
    }
    let base = SVG.number(height - bottom)
    lines.append(
      "<path class=\"axis\" d=\"M\(SVG.number(left)) \(base)H\(SVG.number(width - right))\"/>")
    lines.append(
      SVG.text(
        xTitle, x: (left + width - right) / 2, y: height - 8, anchor: "middle", kind: "title"))
    let middle = SVG.number(top + plotHeight / 2)
    lines.append(
      "<text class=\"title\" text-anchor=\"middle\" transform=\"translate(14 \(middle)) rotate(-90)\">"
        + "\(HTML.escape(yTitle))</text>")
    return lines.joined(separator: "\n")
  }
}

/// How large a chart is drawn, in pixels at its natural size.
public enum ChartSize: String, Sendable, Codable {
  /// Half the page: beside another one.
  case half
  /// The whole width of the page.
  case wide

  var width: Double { self == .half ? 520 : 1060 }
  var height: Double { self == .half ? 330 : 400 }
}
