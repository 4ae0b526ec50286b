/// The metrics that have a name.
public enum Metrics {
  /// Every metric, in the order of tables.
  public static let all: [any Metric] = factorMetrics + codeMetrics + runMetrics

  /// The metric called `name`, or nil.
  public static func named(_ name: String) -> (any Metric)? { all.first { $0.name == name } }

  /// Metrics of codes beside ground-truth factors.
  public static let factorMetrics: [any FactorMetric] = [
    MutualInformationGap(), CorrectedGap(), NeighbourGap(), SeparatedAttributePredictability(),
    CorrelationPredictability(), DCIDisentanglement(), DCICompleteness(), DCIInformativeness(),
    Modularity(), Explicitness(), BetaVAEScore(), FactorVAEScore(), InterventionalRobustness(),
    InfoM(), InfoE(), InfoC(),
  ]

  /// Metrics of codes alone.
  public static let codeMetrics: [any CodeMetric] = [
    TotalCorrelation(), NeighbourTotalCorrelation(),
  ]

  /// Metrics of the codes of several runs.
  public static let runMetrics: [any Metric] = [UnsupervisedDisentanglementRanking()]
}
