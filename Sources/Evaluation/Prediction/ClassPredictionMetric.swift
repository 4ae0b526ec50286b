public import LatentCore
import Torch

/// A metric of predicted probabilities beside the true classes.
public protocol ClassPredictionMetric: Metric {
  /// The number with its interval.
  func measure(_ data: ClassPredictions, _ options: MetricOptions) throws -> Estimate
}

extension ClassPredictionMetric {
  /// Predicted probabilities and labels.
  public var needs: String { "class probabilities, labels" }

  /// The number with its interval, after the known answer was met once in this process.
  public func estimate(
    _ data: ClassPredictions, _ options: MetricOptions = MetricOptions()
  ) throws -> Estimate {
    try SelfTests.pass(self)
    return try measure(data, options)
  }
}

/// A mean over examples of a score of the predicted probabilities.
public struct PredictionScore: ClassPredictionMetric {
  /// Which score.
  public enum Kind: String, Sendable, CaseIterable {
    /// Whether the most probable class is the true one.
    case accuracy
    /// −log p(y|x), a proper score.
    case negativeLogLikelihood = "nll"
    /// Σ_k (p_k − [k = y])², a proper score.
    case brier = "brier-score"
  }

  /// Which score.
  public let kind: Kind

  /// The mean of this score.
  public init(_ kind: Kind) { self.kind = kind }

  /// The kind's.
  public var name: String { kind.rawValue }
  /// What it measures.
  public var summary: String {
    switch kind {
    case .accuracy: "Share of examples whose most probable class is the true one."
    case .negativeLogLikelihood: "Mean of minus the log-probability of the true class."
    case .brier: "Mean squared distance of the probabilities from the true class."
    }
  }
  /// Nats for the log-likelihood.
  public var unit: String { kind == .negativeLogLikelihood ? "nat" : "" }
  /// All that can be.
  public var range: ClosedRange<Double> {
    switch kind {
    case .accuracy: 0...1
    case .negativeLogLikelihood: 0...Double.infinity
    case .brier: 0...2
    }
  }
  /// Gneiting and Raftery, or Brier.
  public var citations: [Citation] { [kind == .brier ? .brier1950 : .gneiting2007] }

  /// The mean, with the interval of the examples.
  public func measure(_ data: ClassPredictions, _ options: MetricOptions) throws -> Estimate {
    let values: Tensor =
      switch kind {
      case .accuracy: data.hits
      case .negativeLogLikelihood:
        -data.logProbabilities.gathered(data.labels.unsqueezed(dim: 1), dim: 1).squeezed(dim: 1)
      case .brier:
        squared(
          exp(data.logProbabilities)
            - data.labels.oneHot(classes: data.logProbabilities.size(1)).to(.float64)
        ).sum(dim: 1)
      }
    let mean = Estimate(of: values.scalars(as: Double.self), unit: unit)
    return Estimate(mean.value, interval: mean.interval, count: data.count, of: self)
  }

  /// Two examples with p = 0.8 for the true and for the other class.
  public func checkKnownAnswer() throws {
    let found = try measure(.known, MetricOptions()).value
    switch kind {
    case .accuracy: try expectKnown(found, 0.5)
    // (−ln 0.8 − ln 0.2)/2
    case .negativeLogLikelihood: try expectKnown(found, 0.916_290_731_874_155)
    // (2 · 0.04 + 2 · 0.64)/2
    case .brier: try expectKnown(found, 0.68)
    }
  }
}

extension ClassPredictions {
  /// Two examples of class 0 with probabilities 0.8, 0.2 and 0.2, 0.8.
  static var known: ClassPredictions {
    get throws {
      try ClassPredictions(
        logProbabilities: log(Tensor([[0.8, 0.2], [0.2, 0.8]], dtype: .float64)),
        labels: Tensor([0, 0]))
    }
  }
}

extension Citation {
  static let gneiting2007 = Citation(
    authors: "Gneiting & Raftery",
    title: "Strictly Proper Scoring Rules, Prediction, and Estimation",
    year: 2007, doi: "10.1198/016214506000001437")
  static let brier1950 = Citation(
    authors: "Brier", title: "Verification of Forecasts Expressed in Terms of Probability",
    year: 1950,
    doi: "10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2")
  static let guo2017 = Citation(
    authors: "Guo, Pleiss, Sun & Weinberger", title: "On Calibration of Modern Neural Networks",
    year: 2017, arXiv: "1706.04599", place: "equation 3")
  static let kuleshov2018 = Citation(
    authors: "Kuleshov, Fenner & Ermon",
    title: "Accurate Uncertainties for Deep Learning Using Calibrated Regression", year: 2018,
    arXiv: "1807.00263", place: "equation 9")
  static let hendrycks2017 = Citation(
    authors: "Hendrycks & Gimpel",
    title:
      "A Baseline for Detecting Misclassified and Out-of-Distribution Examples in Neural Networks",
    year: 2017, arXiv: "1610.02136")
}
