public import Torch

/// A metric of codes [n, d] alone.
public protocol CodeMetric: Metric {
  /// The number with its interval; throws `MetricError` for codes that the definition does not cover.
  ///
  /// `estimate(codes:_:)` is what users call: it checks the codes and the known answer first.
  func measure(codes: Tensor, _ options: MetricOptions) throws -> Estimate
}

extension CodeMetric {
  /// Codes.
  public var needs: String { "codes" }

  /// The number of codes [n, …] with its interval, after the known answer was met once in this
  /// process.
  ///
  /// Throws `MetricError` for fewer than 50 examples, numbers that are not finite, codes that the
  /// definition does not cover and for a missed known answer.
  public func estimate(
    codes: Tensor, _ options: MetricOptions = MetricOptions()
  ) throws -> Estimate {
    let table = try CodesAndFactors.table(codes)
    guard table.size(0) >= 50 else {
      throw MetricError(
        metric: name, "expected at least 50 examples, found \(table.size(0))",
        remedy: "measure more examples: scores of a few are mostly chance")
    }
    try SelfTests.pass(self)
    return try measure(codes: table, options)
  }
}
