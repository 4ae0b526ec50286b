import Torch

/// A metric of codes [n, d] beside the examples' classes [n].
public protocol LabelMetric: Metric {
  /// The number with its interval; throws `MetricError` for data that the definition does not cover.
  ///
  /// `estimate(_:_:)` is what users call: it checks the size and the known answer first.
  func measure(_ data: LabelledCodes, _ options: MetricOptions) throws -> Estimate
}

extension LabelMetric {
  /// Codes and labels.
  public var needs: String { "codes, labels" }

  /// The number with its interval, after the known answer was met once in this process.
  ///
  /// Throws `MetricError` for fewer than 50 examples, data that the definition does not cover and a missed known answer.
  public func estimate(
    _ data: LabelledCodes, _ options: MetricOptions = MetricOptions()
  ) throws -> Estimate {
    guard data.count >= 50 else {
      throw MetricError(
        metric: name, "expected at least 50 examples, found \(data.count)",
        remedy: "measure more examples: scores of a few are mostly chance")
    }
    try SelfTests.pass(self)
    return try measure(data, options)
  }

  /// The mean of `values` with its interval, under this metric's unit, version and seed.
  func estimate(of values: [Double], seed: UInt64) -> Estimate {
    let mean = Estimate(of: values, unit: unit)
    return Estimate(
      mean.value, interval: mean.interval.map { min(max($0, range.lowerBound), range.upperBound) },
      count: values.count, of: self, seed: seed)
  }
}

extension LabelledCodes {
  /// The parts that probes fit on, choose by and are tested on: 60, 20 and 20 of 100 examples of each class.
  func probeParts(_ seed: UInt64) -> [LabelledCodes] {
    stratified([0.6, 0.2, 0.2], using: Generator(seed: seed))
  }

  /// Two far groups of 30 codes with labels of their own, for known answers.
  static var knownGroups: LabelledCodes {
    get throws {
      let labels = Tensor.arange(2).repeated([30])
      let noise = Tensor.randn([60, 2], using: Generator(seed: 1), dtype: .float64)
      let centres = labels.to(.float64).unsqueezed(dim: 1) * 50 - 25
      return try LabelledCodes(codes: centres + noise, labels: labels)
    }
  }
}
