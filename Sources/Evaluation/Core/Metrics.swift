/// The metrics that have a name.
public enum Metrics {
  /// Every metric, in the order of tables.
  public static let all: [any Metric] =
    factorMetrics + codeMetrics + labelMetrics + CodebookMetric.all + PairMetric.all + runMetrics
    + SampleMetric.all + classPredictionMetrics + NumberPredictionMetric.all + LinkMetric.all

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
  public static let codeMetrics: [any CodeMetric] =
    [
      TotalCorrelation(), NeighbourTotalCorrelation(),
    ] + GeometryMetric.all

  /// Metrics of codes beside classes.
  public static let labelMetrics: [any LabelMetric] =
    [
      LinearProbeAccuracy(), NeighbourAccuracy(), NeighbourAccuracy(isWeighted: true),
      FewLabelAccuracy(labelsPerClass: 1), FewLabelAccuracy(labelsPerClass: 10),
      RetrievalMetric(), RetrievalMetric(recallAt: 1), RetrievalMetric(recallAt: 5),
      ClassAlignment(),
    ]
    + ClusteringMetric.Grouping.allCases.flatMap { grouping in
      ClusteringMetric.Score.allCases.map { ClusteringMetric(grouping, $0) }
    }

  /// Metrics of predicted probabilities of classes.
  public static let classPredictionMetrics: [any ClassPredictionMetric] =
    PredictionScore.Kind.allCases.map { PredictionScore($0) } + [CalibrationError()]

  /// Metrics of the codes of several runs.
  public static let runMetrics: [any Metric] = [UnsupervisedDisentanglementRanking()]
}
