public import LatentCore

/// What every metric says of itself, whatever it measures.
///
/// A kind of metrics refines this by the method that measures: `FactorMetric` takes codes beside
/// ground-truth factors. `Metrics.all` holds one value of each.
public protocol Metric: Sendable {
  /// The name in tables, files and `--metrics`, in kebab case, such as `mig`.
  var name: String { get }
  /// What it measures, in one sentence.
  var summary: String { get }
  /// What the number is measured in, such as `nat`; empty for a share or score.
  var unit: String { get }
  /// Counted up whenever the same input would give another number.
  var version: Int { get }
  /// The smallest and the largest value of the quantity; an estimate may stray a little.
  var range: ClosedRange<Double> { get }
  /// Where it comes from, the definition first.
  var citations: [Citation] { get }
  /// What it needs, as a word or two for a table: `codes, factors`.
  var needs: String { get }

  /// Measures an input whose answer is known.
  ///
  /// Takes less than 50 ms. Throws `MetricError` when the answer is missed. Called once in a process
  /// before the metric is first reported, by `SelfTests`.
  func checkKnownAnswer() throws
}

extension Metric {
  /// Version 1.
  public var version: Int { 1 }

  /// No unit.
  public var unit: String { "" }

  /// From nothing to everything.
  public var range: ClosedRange<Double> { 0...1 }
}

/// A metric of codes [n, d] beside ground-truth factors [n, k].
public protocol FactorMetric: Metric {
  /// The number of examples below which it refuses to answer.
  var minimumCount: Int { get }

  /// The number with its interval.
  ///
  /// Shared work is kept in `data`, so that metrics of one family cost it once. Throws `MetricError`
  /// for data that the definition does not cover. `estimate(_:_:)` is what users call: it checks the
  /// size and the known answer first.
  func measure(_ data: CodesAndFactors, _ options: MetricOptions) throws -> Estimate
}

extension FactorMetric {
  /// 50 examples.
  public var minimumCount: Int { 50 }

  /// Codes and factors.
  public var needs: String { "codes, factors" }

  /// The number with its interval, after the known answer was met once in this process.
  ///
  /// Throws `MetricError` for too few examples, for data that the definition does not cover and for
  /// a missed known answer.
  public func estimate(
    _ data: CodesAndFactors, _ options: MetricOptions = MetricOptions()
  ) throws -> Estimate {
    guard data.count >= minimumCount else {
      throw MetricError(
        metric: name,
        "expected at least \(minimumCount) examples, found \(data.count)",
        remedy: "measure more examples: scores of a few are mostly chance")
    }
    try SelfTests.pass(self)
    return try measure(data, options)
  }
}

/// How much a metric draws, and from which seed.
public struct MetricOptions: Sendable, Hashable {
  /// The seed of every draw; each metric has a generator of its own.
  public var seed: UInt64
  /// Bootstrap resamples behind an interval; 0 for no intervals.
  public var resamples: Int
  /// Examples that are measured or fitted at most.
  public var trainCount: Int
  /// Examples that a fitted score is tested on at most.
  public var testCount: Int

  /// Locatello et al. 2019 (arXiv 1811.12359): seed 0, 10,000 examples to fit, 5,000 to test.
  public init(
    seed: UInt64 = 0, resamples: Int = 100, trainCount: Int = 10_000, testCount: Int = 5_000
  ) {
    self.seed = seed
    self.resamples = resamples
    self.trainCount = trainCount
    self.testCount = testCount
  }
}
