import Evaluation

/// The mean over seeds with Student's interval.
enum SeedStatistics {
  /// One row from the same metric of several runs.
  ///
  /// Interval: see `StudentDistribution.interval(ofMean:level:)`.
  static func row(_ rows: [MetricRow]) -> MetricRow? {
    guard var row = rows.first else { return nil }
    guard rows.count > 1 else { return row }
    let values = rows.map(\.value)
    row.value = values.reduce(0, +) / Double(values.count)
    row.interval = StudentDistribution.interval(ofMean: values).flatMap {
      $0.allSatisfy(\.isFinite) ? $0[0]...$0[1] : nil
    }
    row.intervalKind = "95 % over seeds"
    row.count = rows.count
    row.note = ""
    return row
  }
}
