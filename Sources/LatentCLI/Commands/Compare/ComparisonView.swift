import Evaluation
import LatentCore

/// What `latent compare` prints, as text and as a document.
struct ComparisonView {
  let metrics: [ComparedMetric]

  init(_ metrics: [ComparedMetric]) { self.metrics = metrics }

  /// A table of groups for each metric, then a line a pair.
  func show(on console: Console) {
    for metric in metrics {
      var table = Table([
        .text("group"), .number("seeds"), .number(metric.name, unit: metric.unit.nonEmpty),
        .number("95 % over seeds"),
      ])
      for group in metric.groups {
        table.add([
          group.name, "\(group.members.count)", group.mean.fixed(3), ends(group.interval),
        ])
      }
      console.print(table)
      console.print()
      for pair in metric.pairs { show(pair, metric.unit, on: console) }
      console.print()
    }
  }

  private func show(_ pair: PairComparison, _ unit: String, on console: Console) {
    let gap = "\(pair.difference.fixed(3)) \(unit)".trimmed
    console.print("\(pair.first) against \(pair.second): \(pair.verdict.rawValue), gap \(gap)")
    if let seeds = pair.seeds, let adjusted = pair.adjustedP {
      let effect = pair.effectSize.map { ", Hedges' g \($0.fixed(2))" } ?? ""
      console.print(
        "  over seeds: 95 % \(ends(seeds.interval)), \(text(p: adjusted)) after correction for "
          + "\(pair.comparisons)\(effect)")
    } else {
      console.print("  over seeds: at least two seeds a group are needed")
    }
    if let points = pair.points {
      console.print("  over \(points.points) test points: 95 % \(ends(points.interval))")
    }
    if let smallest = pair.smallestGap {
      console.print(
        "  power: these seeds would show a true gap of \(smallest.fixed(3)) \(unit)".trimmed
          + " in 80 of 100 repetitions")
    }
  }

  private func text(p: Double) -> String { p < 1e-4 ? "p < 0.0001" : "p \(p.fixed(4))" }

  private func ends(_ interval: [Double]?) -> String {
    interval.map { "\($0[0].fixed(3)) to \($0[1].fixed(3))" } ?? "one seed"
  }

  /// The document: {"metrics": {name: {"unit", "groups": […], "pairs": […]}}}.
  var json: JSONObject {
    var all = JSONObject()
    for metric in metrics {
      all[metric.name] = [
        "unit": .string(metric.unit),
        "groups": .array(
          metric.groups.map { group in
            [
              "name": .string(group.name), "runs": .array(group.members.map { .string($0.name) }),
              "values": .array(group.values.map { .double($0) }), "mean": .double(group.mean),
              "interval": Self.json(group.interval),
            ]
          }),
        "pairs": .array(metric.pairs.map(Self.json)),
      ]
    }
    return ["metrics": .object(all)]
  }

  private static func json(_ pair: PairComparison) -> JSONValue {
    [
      "first": .string(pair.first), "second": .string(pair.second),
      "difference": .double(pair.difference), "verdict": .string(pair.verdict.rawValue),
      "interval-over-seeds": json(pair.seeds?.interval), "p": json(pair.adjustedP),
      "comparisons": .int(pair.comparisons), "effect-size": json(pair.effectSize),
      "interval-over-points": json(pair.points?.interval),
      "smallest-gap": json(pair.smallestGap),
    ]
  }

  private static func json(_ interval: [Double]?) -> JSONValue {
    interval.map { .array($0.map { .double($0) }) } ?? .null
  }

  private static func json(_ value: Double?) -> JSONValue { value.map { .double($0) } ?? .null }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }

  /// Without the blank that an empty unit leaves.
  fileprivate var trimmed: String { hasSuffix(" ") ? String(dropLast()) : self }
}
