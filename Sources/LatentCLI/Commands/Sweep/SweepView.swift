import Evaluation
import LatentCore
import Runs

/// What a sweep came to, as a table and as members of a document.
struct SweepView {
  let result: SweepResult
  /// The best choice of each metric, nil where none is.
  private let bests: [[SweepSetting]?]

  init(_ result: SweepResult) {
    self.result = result
    bests = result.metrics.map { result.best($0)?.settings }
  }

  /// A row for each choice of values: its seeds that are finished, each metric's mean and interval over them, and
  /// in which metrics it is the best.
  func show(on console: Console) {
    guard let first = result.groups.first else { return }
    let marks = bests.contains { $0 != nil }
    var columns = first.settings.map { Table.Column.text($0.key) } + [.text("seeds")]
    for metric in result.metrics {
      columns.append(.number(metric.name, unit: metric.unit.isEmpty ? nil : metric.unit))
      columns.append(.number("95 %"))
    }
    if marks { columns.append(.text("best in")) }
    var table = Table(columns)
    for group in result.groups {
      let done = group.runs.count { $0.metrics != nil }
      let seeds = done == group.runs.count ? "\(done)" : "\(done) of \(group.runs.count)"
      var cells = group.settings.map(\.value) + [seeds]
      for metric in result.metrics { cells += numbers(group.values(metric.name)) }
      if marks {
        let names = zip(result.metrics, bests).filter { $0.1 == group.settings }.map(\.0.name)
        cells.append(names.joined(separator: ", "))
      }
      table.add(cells)
    }
    console.print(table)
    console.print(note(marks))
  }

  private func numbers(_ values: [Double]) -> [String] {
    guard !values.isEmpty else { return ["–", "–"] }
    let interval = StudentDistribution.interval(ofMean: values)
    return [
      SweepResult.mean(values).fixed(3),
      interval.map { "\($0[0].fixed(3)) to \($0[1].fixed(3))" } ?? "one seed",
    ]
  }

  private func note(_ marks: Bool) -> String {
    let intervals = "means over seeds of test numbers, 95 % by Student's t over seeds"
    guard result.groups.count > 1, !result.metrics.isEmpty else { return intervals }
    return marks
      ? "\(intervals); best: its interval lies beyond all others"
      : "\(intervals); none is marked best: intervals of seeds do not part one from all others"
  }

  /// A member for each choice: {"settings", "runs": […], "metrics": {name: {"mean", "interval", …}}}.
  var groups: JSONValue {
    .array(
      result.groups.map { group in
        var settings = JSONObject()
        for setting in group.settings { settings[setting.key] = Self.json(setting.value) }
        var metrics = JSONObject()
        for (metric, best) in zip(result.metrics, bests) {
          let values = group.values(metric.name)
          let interval = StudentDistribution.interval(ofMean: values)
          metrics[metric.name] = [
            "unit": .string(metric.unit),
            "mean": values.isEmpty ? .null : .double(SweepResult.mean(values)),
            "interval": interval.map { .array($0.map { .double($0) }) } ?? .null,
            "n": .int(values.count), "values": .array(values.map { .double($0) }),
            "best": .bool(best == group.settings),
          ]
        }
        let runs = group.runs.map { run in
          JSONValue.object([
            "run": .string(run.path), "seed": .int(Int(clamping: run.point.seed)),
            "finished": .bool(run.metrics != nil),
          ])
        }
        return [
          "settings": .object(settings), "runs": .array(runs), "metrics": .object(metrics),
        ]
      })
  }

  /// A number where the text is one.
  private static func json(_ text: String) -> JSONValue {
    if let whole = Int(text) { return .int(whole) }
    return Double(text).map { .double($0) } ?? .string(text)
  }
}
