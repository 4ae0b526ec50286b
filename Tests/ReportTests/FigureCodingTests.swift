import Foundation
import Report
import Testing

@Suite struct FigureCodingTests {
  static let axis = Axis("Rate", unit: "nats", isLogarithmic: true)
  static let figures: [(kind: String, figure: Figure)] = [
    (
      "line",
      .line(
        LineChart(
          "Curves", caption: "two", xAxis: Axis("Step"), yAxis: axis,
          series: [
            .init(
              "a", x: [0, 1], y: [2, 0.1], band: .init(lower: [1, 0], upper: [3, 1]),
              isDashed: true, color: 3), .init("b", x: [], y: []),
          ]))
    ),
    (
      "bar",
      .bar(
        BarChart(
          "Bars", xAxis: axis, yAxis: axis, categories: ["x", "y"],
          series: [.init("a", [1, -2], intervals: [0...2, -3...1]), .init("b", [0, 0])]))
    ),
    (
      "scatter",
      .scatter(
        ScatterChart(
          "Points", xAxis: axis, yAxis: axis,
          series: [.init("a", x: [1], y: [2], texts: ["<one>"], thumbnails: [3])],
          thumbnails: ThumbnailSheet(
            picture: Picture(width: 4, height: 2, channels: .grey, pixels: Array(0..<8)), width: 2,
            height: 1, columns: 2)))
    ),
    (
      "picture",
      .picture(
        PictureFigure(
          "Pixels", caption: "c", facts: [Fact("error", "0.1")],
          picture: Picture(width: 2, height: 1, channels: .rgb, pixels: [1, 2, 3, 4, 5, 6])))
    ),
    ("table", .table(Table("Rows", columns: [.init("n", isNumeric: true)], rows: [["1"], ["2"]]))),
  ]

  @Test(arguments: 0..<5) func everyKindSurvivesJSON(place: Int) throws {
    let (kind, figure) = Self.figures[place]
    let data = try JSONEncoder().encode(figure)
    #expect(try JSONDecoder().decode(Figure.self, from: data) == figure)
    let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    #expect(object?["kind"] as? String == kind)
    #expect(object?["title"] as? String == figure.title)
  }

  @Test func whatIsNoFiniteNumberIsNull() throws {
    let curve = LineChart.Series("a", x: [0, 1, 2], y: [.nan, 1.5, .infinity])
    let chart = LineChart("c", xAxis: Axis("x"), yAxis: Axis("y"), series: [curve])
    let text = String(decoding: try JSONEncoder().encode(Figure.line(chart)), as: UTF8.self)
    #expect(text.contains("\"y\":[null,1.5,null]"))
    let copy = try JSONDecoder().decode(LineChart.self, from: Data(text.utf8))
    #expect(copy.series[0].y[0].isNaN && copy.series[0].y[1] == 1.5)
    #expect(chart.summary.hasSuffix("a: 1.5 at 1, 2 of 3 values are no finite number."))
  }

  @Test(arguments: [
    #"{"name":"a","x":[0,1],"y":[1],"isDashed":false}"#,
    #"{"name":"a","x":[0],"y":[1],"band":{"lower":[],"upper":[1]}}"#,
  ])
  func curvesOfUnequalLengthsAreRefused(json: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(LineChart.Series.self, from: Data(json.utf8))
    }
  }

  @Test(arguments: [
    #"{"name":"a","values":[1],"lower":[2],"upper":[1]}"#,
    #"{"name":"a","values":[1,2],"lower":[0],"upper":[1]}"#,
  ])
  func impossibleIntervalsAreRefused(json: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(BarChart.Series.self, from: Data(json.utf8))
    }
  }

  @Test func aRunSurvivesJSONEvenWhenItFailed() throws {
    var run = SampleRuns.all[0]
    run.terms[3].value = .nan
    run.metrics[0].value = -.infinity
    let copy = try JSONDecoder().decode(RunReportInput.self, from: JSONEncoder().encode(run))
    #expect(copy.terms[3].value.isNaN && copy.metrics[0].value.isNaN)
    #expect(copy.terms[4] == run.terms[4] && copy.metrics[1] == run.metrics[1])
    #expect(copy.pictures == run.pictures)
  }
}
