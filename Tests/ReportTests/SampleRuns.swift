import Foundation
import Report

/// Five real runs on handwritten digits, recorded by `Goldens/sample_runs.py`.
enum SampleRuns {
  static let all: [RunReportInput] = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Goldens/sample_runs.json")
    do {
      return try JSONDecoder().decode([RunReportInput].self, from: Data(contentsOf: file))
    } catch {
      fatalError("Goldens/sample_runs.json: \(error)")
    }
  }()

  /// A run whose every text tries to become markup or to end a script.
  static var hostile: RunReportInput {
    let evil = "</script><script>alert(1)</script><!--\"'&\u{2028}\u{1}<img src=x onerror=alert(2)>"
    var run = all[0]
    (run.name, run.recipe, run.command, run.status, run.started) = (evil, evil, evil, evil, evil)
    run.config = [Fact(evil, evil)]
    run.versions = [Fact(evil, evil)]
    run.data = DataCard(name: evil, summary: evil, facts: [Fact(evil, evil)])
    run.terms = run.terms.map { point in
      TermPoint(
        step: point.step, epoch: point.epoch, split: evil, name: evil, unit: evil,
        value: point.value)
    }
    run.metrics = [
      MetricRow(evil, value: 1, unit: evil, interval: 0...2, intervalKind: evil, note: evil)
    ]
    run.pictures = [
      PictureFigure(
        evil, caption: evil, facts: [Fact(evil, evil)], picture: all[0].pictures[0].picture)
    ]
    let axis = Axis(evil, unit: evil)
    run.figures = [
      .bar(
        BarChart(
          evil, caption: evil, xAxis: axis, yAxis: axis, categories: [evil],
          series: [.init(evil, [1])])),
      .scatter(
        ScatterChart(
          evil, caption: evil, xAxis: axis, yAxis: axis,
          series: [.init(evil, x: [0], y: [0], texts: [evil]), .init(evil, x: [1], y: [1])])),
      .table(Table(evil, caption: evil, columns: [.init(evil)], rows: [[evil]])),
    ]
    run.findings = [Finding(.problem, evil, text: evil, remedy: evil)]
    return run
  }
}
