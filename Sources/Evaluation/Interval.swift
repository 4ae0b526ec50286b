/// A mean with its 95% interval, as data.
public struct Estimate: Codable, Sendable, Equatable {
  /// The mean.
  public var value: Double
  /// What it is measured in.
  public var unit: String
  /// The ends of the interval that covers the true mean in 95 of 100 samples.
  public var interval: [Double]
  /// The number of examples.
  public var count: Int
  /// What the number is: `ELBO`, `IWAE-5000`, …; empty if it is no bound.
  public var bound: String
  /// The version of the metric's definition.
  public var version: Int

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
