import Evaluation
import LatentCore

/// `latent list metrics`.
struct ListMetrics: Command {
  static let summary = CommandSummary(
    "metrics", "Show the metrics that evaluate knows.",
    examples: [.init("latent list metrics --json", "with range, version and sources")])

  func run(_ console: Console) throws {
    var table = Table([
      .text("name"), .text("range"), .text("unit"), .number("version"), .text("needs"),
      .text("what it measures", wraps: true),
    ])
    for metric in Metrics.all {
      table.add([
        metric.name, Self.range(metric), metric.unit, "\(metric.version)", metric.needs,
        metric.summary,
      ])
    }
    console.print(table)
    console.report(["metrics": .array(Metrics.all.map(Self.json))])
  }

  private static func range(_ metric: any Metric) -> String {
    func end(_ value: Double) -> String {
      value.isInfinite ? (value < 0 ? "−∞" : "∞") : NumberText.significant(value, digits: 1)
    }
    return "\(end(metric.range.lowerBound)) … \(end(metric.range.upperBound))"
  }

  private static func json(_ metric: any Metric) -> JSONValue {
    func end(_ value: Double) -> JSONValue { value.isFinite ? .double(value) : .null }
    let sources = metric.citations.map { source in
      JSONValue.object([
        "authors": .string(source.authors), "title": .string(source.title),
        "year": .int(source.year), "arxiv": source.arXiv.map { .string($0) } ?? .null,
        "place": source.place.map { .string($0) } ?? .null,
      ])
    }
    return .object([
      "name": .string(metric.name), "summary": .string(metric.summary),
      "unit": .string(metric.unit), "version": .int(metric.version),
      "range": .array([end(metric.range.lowerBound), end(metric.range.upperBound)]),
      "needs": .string(metric.needs), "sources": .array(sources),
    ])
  }
}
