import Foundation
import Testing

@testable import Report

@Suite struct SVGTests {
  static let line = LineChart(
    "Bound & <rate>", xAxis: Axis("Step"), yAxis: Axis("ELBO", unit: "nats"),
    series: [
      .init(
        "train", x: [0, 10, 20, 30], y: [-8, -4, .nan, -2],
        band: .init(lower: [-9, -5, -4, -3], upper: [-7, -3, -2, -1])),
      .init("validation", x: [10, 30], y: [-5, -3], isDashed: true),
    ])

  private func golden(_ name: String) throws -> String {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Goldens/\(name)")
    return try String(contentsOf: file, encoding: .utf8)
  }

  @Test func aSmallLineChartIsDrawnAsRecorded() throws {
    #expect(try Self.line.svg(size: .half, id: "c") + "\n" == golden("line-chart.svg"))
  }

  @Test func anEndOfTheAxisLiesAtTheEdgeOfTheFrame() throws {
    let frame = PlotFrame(size: .half, x: AxisScale([0, 4]), y: AxisScale([-1, 1]))
    let (low, high) = (try #require(frame.point(0, -1)), try #require(frame.point(4, 1)))
    #expect(low.x == frame.left && abs(low.y - (330 - frame.bottom)) < 1e-9)
    #expect(abs(high.x - (520 - frame.right)) < 1e-9 && abs(high.y - frame.top) < 1e-9)
  }

  @Test func aMissingValueBreaksTheLine() {
    #expect(SVG.path([(x: 0, y: 1), nil, (x: 2.25, y: -0.04), (x: 3, y: 4)]) == "M0 1M2.3 0L3 4")
  }

  @Test func barsOfBothSignsMeetAtZero() throws {
    let chart = BarChart(
      "b", xAxis: Axis("x"), yAxis: Axis("y"), categories: ["up", "down"],
      series: [.init("s", [1, -1])])
    let bars = chart.svg(size: .half, id: "b").split(separator: "\n").filter {
      $0.contains("<rect")
    }
    #expect(bars.count == 2)
    func number(_ bar: Substring, _ key: String) -> Double {
      let start = bar.range(of: " \(key)=\"")!.upperBound
      return Double(bar[start...].prefix { $0 != "\"" })!
    }
    let bottom = number(bars[0], "y") + number(bars[0], "height")
    #expect(abs(bottom - number(bars[1], "y")) < 0.11)
    #expect(abs(number(bars[0], "height") - number(bars[1], "height")) < 0.11)
  }

  @Test func crowdedMapsAreThinnedEvenly() {
    let places = (0..<50_000).map(Double.init)
    let chart = ScatterChart(
      "s", xAxis: Axis("x"), yAxis: Axis("y"), series: [.init("a", x: places, y: places)])
    let dots = chart.svg(size: .wide, id: "s").components(separatedBy: "h0").count - 1
    #expect(dots == ScatterChart.drawnLimit)
  }
}
