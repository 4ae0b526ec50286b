import Evaluation
import LatentCore

/// `latent list metrics`.
struct ListMetrics: Command {
  static let summary = CommandSummary(
    "metrics", "Show the metrics that evaluate knows.",
    discussion: """
      Every metric meets a known answer once in each process before its first number is reported; \
      --check runs all of these now and shows how long each takes. Exit code 1 if one is missed.
      """,
    examples: [
      .init("latent list metrics --json", "with range, version and sources"),
      .init("latent list metrics --check", "whether each gives its known answer here"),
    ])

  @Flag("Run every self-test and show its time.") var check = false

  func run(_ console: Console) throws {
    guard !check else { return try runChecks(console) }
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

  /// Each known answer, measured as at a metric's first use and then again.
  private func runChecks(_ console: Console) throws {
    var table = Table([
      .text("name"), .number("first use, ms"), .number("again, ms"), .text("answer", wraps: true),
    ])
    var rows: [JSONValue] = []
    var wrong: [String] = []
    for metric in Metrics.all {
      let clock = ContinuousClock()
      var problem: String?
      let times = (0..<2).map { _ in
        clock.measure {
          do { try metric.checkKnownAnswer() } catch { problem = "\(error)" }
        }
      }
      let milliseconds = times.map { $0 / .milliseconds(1) }
      if problem != nil { wrong.append(metric.name) }
      table.add([
        metric.name, milliseconds[0].fixed(1), milliseconds[1].fixed(1), problem ?? "as known",
      ])
      rows.append(
        .object([
          "name": .string(metric.name), "milliseconds": .array(milliseconds.map { .double($0) }),
          "problem": problem.map { .string($0) } ?? .null,
        ]))
    }
    console.print(table)
    console.report(["metrics": .array(rows)])
    guard wrong.isEmpty else {
      throw CommandError.failed(
        "\(wrong.joined(separator: ", ")): the known answer is not met here",
        remedy: "the table says why; their numbers cannot be had or trusted")
    }
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
