import Evaluation

/// Which values of a metric are the better ones.
enum MetricDirection {
  case larger, smaller

  /// The direction of a metric that trained runs are measured by; nil for one that has none, or is not known.
  init?(of metric: String, _ estimate: Estimate) {
    switch metric {
    case "nll", "brier-score", "ece", "regression-nll", "rmse", "quantile-calibration-error":
      self = .smaller
    case "accuracy", "link-auc", "link-ap": self = .larger
    case _ where estimate.bound.isEmpty: return nil
    // Bounds on the likelihood are larger when they are better, the bits that they stand for fewer.
    default: self = metric.hasSuffix("-bits-per-dim") ? .smaller : .larger
    }
  }
}
