/// A number with its 95% interval, as data.
public struct Estimate: Codable, Sendable, Equatable {
  /// The number, most often a mean.
  public var value: Double
  /// What it is measured in; empty for a share or score without a unit.
  public var unit: String
  /// The ends of the interval that covers the truth in 95 of 100 samples; empty where the metric
  /// computes none.
  public var interval: [Double]
  /// The number of examples.
  public var count: Int
  /// What the number is: `ELBO`, `IWAE-5000`, …; empty if it is no bound.
  public var bound: String
  /// The version of the metric's definition.
  public var version: Int
  /// The seed of what was drawn to compute it; nil where nothing was, or the record says it.
  public var seed: UInt64?

  /// The mean of `values` and mean ± 1.96 · s/√n, s with n − 1.
  ///
  /// The interval stands on the central limit theorem: it covers less than it says for fewer than
  /// about 30 values or heavy tails. With one value it is that value twice.
  public init(of values: [Double], unit: String, bound: String = "", version: Int = 1) {
    let count = values.count
    let mean = values.reduce(0, +) / Double(max(count, 1))
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = count > 1 ? (squares / Double(count - 1) / Double(count)).squareRoot() : 0
    self.value = mean
    self.unit = unit
    self.interval = [mean - 1.96 * error, mean + 1.96 * error]
    self.count = count
    self.bound = bound
    self.version = version
  }

  /// A number of `metric` from `count` examples, with the interval that its method gives.
  public init(
    _ value: Double, interval: [Double] = [], count: Int, of metric: any Metric,
    seed: UInt64? = nil
  ) {
    self.value = value
    self.unit = metric.unit
    self.interval = interval
    self.count = count
    self.bound = ""
    self.version = metric.version
    self.seed = seed
  }
}

/// What `evaluation.json` holds.
public struct EvaluationRecord: Codable, Sendable, Equatable {
  /// The metrics by name.
  public var metrics: [String: Estimate]
  /// The run's seed, which the noise of the evaluation comes from.
  public var seed: UInt64

  /// Metrics of a run of this seed.
  public init(metrics: [String: Estimate], seed: UInt64) {
    self.metrics = metrics
    self.seed = seed
  }
}
