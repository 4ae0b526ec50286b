import Evaluation
import LatentCore

/// Metrics as a table: value, 95% interval, unit, number of examples.
struct MetricTable {
  /// The table.
  private(set) var table = Table([
    .text("metric"), .number("value"), .number("95 % interval"), .text("unit"), .number("n"),
  ])

  /// The metrics in the order of the registry, others by name before them.
  init(_ metrics: [String: Estimate]) {
    let order = Metrics.all.map(\.name)
    let places = Dictionary(uniqueKeysWithValues: zip(order, 0...))
    let sorted = metrics.sorted {
      let (first, second) = (places[Self.plain($0.key)] ?? -1, places[Self.plain($1.key)] ?? -1)
      return first == second ? $0.key < $1.key : first < second
    }
    for (name, estimate) in sorted {
      let ends = estimate.interval.map { $0.fixed(3) }.joined(separator: " to ")
      table.add([
        name, estimate.value.fixed(3), ends.isEmpty ? "–" : ends, estimate.unit,
        "\(estimate.count)",
      ])
    }
  }

  private static func plain(_ name: String) -> String {
    if let known = SampleMetric.all.map(\.name).filter({ name.hasPrefix($0 + "-") })
      .max(by: { $0.count < $1.count }), name.contains("-n")
    {
      return known
    }
    return name.hasSuffix(MetricSelection.sampled)
      ? String(name.dropLast(MetricSelection.sampled.count)) : name
  }
}
