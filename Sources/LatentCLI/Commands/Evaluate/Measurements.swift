import Evaluation
import LatentCore
import Torch

/// What was measured, and what was not and why.
struct Measurements {
  /// The metrics by name.
  var metrics: [String: Estimate] = [:]
  /// The reason of each metric that had no answer.
  private(set) var skipped: [String: String] = [:]
  /// The names of metrics that have an answer, which may be kept under a longer name.
  private(set) var answered: Set<String> = []
  private let wanted: MetricSelection?

  /// Nothing yet of the wanted metrics; all are wanted where none is named.
  init(_ wanted: MetricSelection?) { self.wanted = wanted }

  /// Whether a metric of this name is wanted.
  func wants(_ name: String) -> Bool { wanted?.names.contains(name) ?? true }

  /// Keeps the answer of a wanted metric.
  ///
  /// A `MetricError` is passed on where the metric was named, and is the reason why it was skipped
  /// where all were asked for.
  /// `reported` is the name to keep it under where that says more than the metric's.
  mutating func add(
    _ name: String, as reported: String? = nil, _ measure: () throws -> Estimate
  ) throws {
    guard wants(name) else { return }
    do {
      metrics[reported ?? name] = try measure()
      answered.insert(name)
    } catch let error as MetricError where wanted == nil {
      skipped[reported ?? name] = error.problem
    }
  }

  /// Adds the metrics of codes alone, under their names and `suffix`.
  mutating func add(codes: Tensor, _ options: MetricOptions, suffix: String = "") throws {
    for metric in Metrics.codeMetrics {
      try add(metric.name + suffix) { try metric.estimate(codes: codes, options) }
    }
  }

  /// Adds the metrics of codes beside classes.
  mutating func add(_ data: LabelledCodes, _ options: MetricOptions) throws {
    for metric in Metrics.labelMetrics {
      try add(metric.name) { try metric.estimate(data, options) }
    }
  }

  /// Adds the metrics of words, entries of 0 ..< `size`.
  mutating func add(words: Tensor, size: Int, _ options: MetricOptions) throws {
    for metric in CodebookMetric.all {
      try add(metric.name) { try metric.estimate(words: words, size: size, options) }
    }
  }

  /// Prints the table, and why metrics are not in it.
  func show(on console: Console) {
    console.print(MetricTable(metrics).table)
    for (name, reason) in skipped.sorted(by: { $0.key < $1.key }) {
      console.note("without \(name): \(reason)")
    }
  }

  /// `metrics` and `skipped` as members of a document.
  var json: JSONObject {
    var reasons = JSONObject()
    for (name, reason) in skipped.sorted(by: { $0.key < $1.key }) {
      reasons[name] = .string(reason)
    }
    return ["metrics": .object(metricsJSON(metrics)), "skipped": .object(reasons)]
  }
}
