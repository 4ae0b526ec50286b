/// The metrics that have a name.
public enum Metrics {
  /// Every metric, in the order of tables.
  public static let all: [any Metric] = factorMetrics

  /// The metric called `name`, or nil.
  public static func named(_ name: String) -> (any Metric)? { all.first { $0.name == name } }

  /// Metrics of codes beside ground-truth factors.
  public static let factorMetrics: [any FactorMetric] = [MutualInformationGap()]
}
