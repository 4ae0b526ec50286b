import Datasets
import Evaluation
import LatentCore

extension Measurements {
  /// Adds the metrics of what a classifier or a regressor predicts for data whose answers are known.
  ///
  /// Throws what reading the data throws, and a `MetricError` of a metric that was named.
  mutating func addPredictions(
    of method: any Method, on data: any Dataset, seed: UInt64
  ) throws {
    let options = MetricOptions(seed: seed & UInt64(Int64.max))
    if let method = method as? any Method & Classifies,
      Metrics.classPredictionMetrics.contains(where: { wants($0.name) })
    {
      let predictions = try ClassPredictions(of: method, on: data, seed: seed)
      for metric in Metrics.classPredictionMetrics {
        try add(metric.name) { try metric.estimate(predictions, options) }
      }
    }
    if let method = method as? any Method & Regresses,
      NumberPredictionMetric.all.contains(where: { wants($0.name) })
    {
      let predictions = try NumberPredictions(of: method, on: data)
      for metric in NumberPredictionMetric.all {
        try add(metric.name) { try metric.estimate(predictions, options) }
      }
    }
  }
}
