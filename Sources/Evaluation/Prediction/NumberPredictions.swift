public import Datasets
public import LatentCore
import LatentNN
public import Torch

/// Predicted normal distributions of numbers beside the true numbers, each `[n, targets]`, float64 on the CPU.
public struct NumberPredictions {
  /// The predicted means.
  public let mean: Tensor
  /// The predicted variances.
  public let variance: Tensor
  /// The true numbers.
  public let targets: Tensor

  /// The number of examples.
  public var count: Int { targets.size(0) }

  /// Means, variances and targets; throws `MetricError` for shapes that differ, numbers that are not finite and variances that
  /// are not positive.
  public init(mean: Tensor, variance: Tensor, targets: Tensor) throws {
    func plain(_ x: Tensor, _ what: String) throws -> Tensor {
      try codeTable(x, metric: "predictions", what)
    }
    (self.mean, self.variance, self.targets) = (
      try plain(mean, "means"), try plain(variance, "variances"), try plain(targets, "targets")
    )
    guard mean.shape == targets.shape, variance.shape == targets.shape, targets.rank == 2,
      self.variance.min().item() > 0
    else {
      throw MetricError(
        metric: "predictions",
        "expected means, variances above 0 and targets [n, k], found \(mean.shape), "
          + "\(variance.shape) and \(targets.shape)",
        remedy: "give one of each for every example and target")
    }
  }

  /// The predictions of a method for the factors of the same names in a data set.
  ///
  /// Throws what reading the data throws, and `MetricError` where a target is not among the factors.
  public init(
    of method: any Method & Regresses, on data: any Dataset, batchSize: Int = 512
  ) throws {
    let names = data.schema.factors?.map(\.name) ?? []
    let columns = try method.targetNames.map { name in
      guard let column = names.firstIndex(of: name) else {
        throw MetricError(
          metric: "predictions", "expected the factor \(name) in the data, found \(names)",
          remedy: "measure on data with the targets of the run")
      }
      return column
    }
    var parts: [(mean: Tensor, variance: Tensor, targets: Tensor)] = []
    try data.forEachBatch(of: batchSize) { batch in
      guard let factors = batch.factors else { return }
      let (mean, variance) = withoutGradients {
        evaluating(method.model) { method.predict(batch.examples) }
      }
      parts.append((mean, variance, factors.selected(Tensor(columns), dim: 1)))
    }
    try self.init(
      mean: concatenated(parts.map(\.mean)), variance: concatenated(parts.map(\.variance)),
      targets: concatenated(parts.map(\.targets)))
  }
}

/// A metric of predicted normal distributions beside the true numbers.
public struct NumberPredictionMetric: Metric {
  /// Which.
  public enum Kind: String, Sendable, CaseIterable {
    /// −log N(y; mean, variance), summed over the targets.
    case negativeLogLikelihood = "regression-nll"
    /// √ of the mean squared error, summed over the targets.
    case rootMeanSquare = "rmse"
    /// Mean over 19 levels p = 0.05 … 0.95 of |share of targets below the predicted quantile − p|.
    case quantileCalibration = "quantile-calibration-error"
  }

  /// All of them.
  public static let all = Kind.allCases.map { NumberPredictionMetric($0) }

  /// Which.
  public let kind: Kind

  /// The metric of this kind.
  public init(_ kind: Kind) { self.kind = kind }

  /// The kind's.
  public var name: String { kind.rawValue }
  /// What it measures.
  public var summary: String {
    switch kind {
    case .negativeLogLikelihood: "Mean of minus the log-density of the true numbers."
    case .rootMeanSquare: "Root of the mean squared error of the predicted means."
    case .quantileCalibration:
      "Mean gap between predicted quantiles and the share of numbers below."
    }
  }
  /// Nats for the log-likelihood; the data's own for the error.
  public var unit: String { kind == .negativeLogLikelihood ? "nat" : "" }
  /// All that can be.
  public var range: ClosedRange<Double> {
    switch kind {
    case .negativeLogLikelihood: -Double.infinity...Double.infinity
    case .rootMeanSquare: 0...Double.infinity
    case .quantileCalibration: 0...0.525
    }
  }
  /// Gneiting and Raftery, or Kuleshov et al.
  public var citations: [Citation] {
    [kind == .quantileCalibration ? .kuleshov2018 : .gneiting2007]
  }
  /// Predicted means and variances, numbers.
  public var needs: String { "means and variances, numbers" }

  /// The number with the interval of the examples or, without resampling, none.
  public func measure(_ data: NumberPredictions, _ options: MetricOptions) throws -> Estimate {
    let error = squared(data.targets - data.mean)
    switch kind {
    case .negativeLogLikelihood:
      let each = 0.5 * (log(data.variance * (2 * Double.pi)) + error / data.variance)
      let mean = Estimate(of: each.sum(dim: 1).scalars(as: Double.self), unit: unit)
      return Estimate(mean.value, interval: mean.interval, count: data.count, of: self)
    case .rootMeanSquare:
      let squares = Estimate(of: error.sum(dim: 1).scalars(as: Double.self), unit: unit)
      return Estimate(
        squares.value.squareRoot(), interval: squares.interval.map { max(0, $0).squareRoot() },
        count: data.count, of: self)
    case .quantileCalibration:
      let levels = Tensor((1...19).map { Double($0) / 20 }, dtype: .float64)
      let place = normalCDF((data.targets - data.mean) / sqrt(data.variance)).flattened()
      let below = (place.unsqueezed(dim: 1) .<= levels).to(.float64).mean(dim: 0)
      return Estimate(abs(below - levels).mean().item(), count: data.count, of: self)
    }
  }

  /// The number, after the known answer was met once in this process.
  public func estimate(
    _ data: NumberPredictions, _ options: MetricOptions = MetricOptions()
  ) throws -> Estimate {
    try SelfTests.pass(self)
    return try measure(data, options)
  }

  /// Errors of two standard deviations, 2, on each side.
  public func checkKnownAnswer() throws {
    let zero = Tensor.zeros([2, 1], dtype: .float64)
    let data = try NumberPredictions(
      mean: zero, variance: zero + 1, targets: Tensor([[-2.0], [2.0]], dtype: .float64))
    let found = try measure(data, MetricOptions()).value
    switch kind {
    // ½ log 2π + 2
    case .negativeLogLikelihood: try expectKnown(found, 2.918_938_533_204_673)
    case .rootMeanSquare: try expectKnown(found, 2)
    // One of two below every level: |½ − p| is 0.4737 · ½ on average.
    case .quantileCalibration: try expectKnown(found, 4.5 / 19)
    }
  }
}
