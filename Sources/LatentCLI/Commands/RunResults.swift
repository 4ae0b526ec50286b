import Datasets
import Evaluation
import LatentCore
import LatentNN
import Report
import Runs
import Torch

/// What is measured and drawn when a run has ended, with the weights of its best validation.
struct RunResults {
  let metrics: [String: Estimate]
  private let parts: ReportParts?
  private let record: RunRecord
  private let minutes: Double
  private let leading: String

  /// Reads the test data, once; without a report nothing is drawn or diagnosed. Throws what data and files throw.
  init(_ session: TrainingSession, withReport: Bool = true) throws {
    try session.loadBestWeights()
    record = session.record
    minutes = session.seconds / 60
    leading = session.method.selection.term
    let test = try session.splits.test()
    let seed = session.record.seed
    if let method = session.method as? any Method & Scores {
      metrics = try likelihoodMetrics(
        of: method, on: test, seed: SeedPurpose.test.seed(for: seed))
    } else if let method = session.method as? any Method & PredictsLinks {
      metrics = try linkMetrics(of: method, on: test, seed: SeedPurpose.test.seed(for: seed))
    } else {
      var predicted = Measurements(nil)
      try predicted.addPredictions(
        of: session.method, on: test, seed: SeedPurpose.test.seed(for: seed))
      metrics = predicted.metrics
    }
    parts =
      withReport
      ? try ReportParts(
        session.method, record: session.record, config: session.config,
        train: session.splits.train, test: test) : nil
  }

  /// Writes `evaluation.json` and, with a report, `diagnosis.json`, `figures/` and `report.html`; throws
  /// `FileError`.
  func write(to folder: RunFolder) throws {
    try folder.writeJSON(
      EvaluationRecord(metrics: metrics, seed: record.seed), to: "evaluation.json")
    guard let parts else { return }
    try folder.writeJSON(parts.diagnosis, to: "diagnosis.json")
    for figure in parts.pictures {
      try figure.picture.write(to: folder.file("figures/\(figure.title.lowercased()).png"))
    }
    let input = try RunReportInput(
      folder, record: record, pictures: parts.pictures, figures: parts.figures,
      findings: parts.findings, metrics: metrics, leading: leading, minutes: minutes)
    try ReportDocument(run: input).write(to: folder.path)
  }

  /// Says what came out and where it is.
  func show(on console: Console, folder: RunFolder) {
    printMetrics(metrics, on: console)
    console.print("report \(folder.file("report.html"))")
    console.report([
      "run": .string(folder.path), "status": .string(record.status.rawValue),
      "metrics": .object(metricsJSON(metrics)),
    ])
  }
}

/// Prints one line a metric: value, unit, interval, number of examples.
func printMetrics(_ metrics: [String: Estimate], on console: Console) {
  for (name, estimate) in metrics.sorted(by: { $0.key < $1.key }) {
    let ends = estimate.interval.map { $0.fixed(3) }.joined(separator: " to ")
    console.print(
      "test \(name) \(estimate.value.fixed(3)) \(estimate.unit), 95 % \(ends), "
        + "\(estimate.count) examples")
  }
}

/// Metrics as the member that every command's document has.
func metricsJSON(_ metrics: [String: Estimate]) -> JSONObject {
  var result = JSONObject()
  for (name, estimate) in metrics.sorted(by: { $0.key < $1.key }) {
    var members: JSONObject = [
      "value": .double(estimate.value), "unit": .string(estimate.unit),
      "interval": .array(estimate.interval.map { .double($0) }), "n": .int(estimate.count),
      "bound": .string(estimate.bound), "version": .int(estimate.version),
    ]
    members["seed"] = estimate.seed.flatMap { Int(exactly: $0) }.map { .int($0) }
    result[name] = .object(members)
  }
  return result
}

extension Double {
  /// The number with this many places.
  func fixed(_ places: Int) -> String { NumberText.fixed(self, decimals: places) }
}
