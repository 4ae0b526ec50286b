import Evaluation
import Testing
import Torch

/// Intervals against what fresh samples of the same source do.
@Suite struct IntervalTests {
  /// 400 examples of noisy codes of two factors.
  private func sample(_ seed: UInt64) throws -> CodesAndFactors {
    let factors = SyntheticCodes.factors([4, 3], count: 400, seed: seed)
    let noise = Tensor.randn([400, 2], using: Generator(seed: seed + 1000), dtype: .float64)
    return try CodesAndFactors(codes: factors.to(.float64) + 0.6 * noise, factors: factors)
  }

  /// The interval's half width is 1.96 standard deviations of the score over fresh samples, within
  /// what thirty samples can tell.
  @Test func widthsAreThoseOfFreshSamples() throws {
    let metrics: [any FactorMetric] = [
      MutualInformationGap(), CorrectedGap(), CorrelationPredictability(), Explicitness(),
    ]
    for metric in metrics {
      let estimates = try (0..<30).map { try metric.estimate(sample(UInt64($0))) }
      let values = estimates.map(\.value)
      let mean = values.reduce(0, +) / 30
      let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 29).squareRoot()
      let widths = estimates.map { ($0.interval[1] - $0.interval[0]) / 2 / 1.96 }
      let ratio = widths.reduce(0, +) / 30 / deviation
      #expect((0.6...1.6).contains(ratio), "\(metric.name) \(ratio)")
    }
  }

  @Test func estimatesSayWhatTheyAre() throws {
    let data = try sample(1)
    for metric in Metrics.factorMetrics {
      let options = MetricOptions(seed: 7, resamples: 20, trainCount: 200, testCount: 100)
      let estimate = try metric.estimate(data, options)
      #expect(estimate.version == metric.version && estimate.unit == metric.unit)
      #expect(estimate.seed == 7, "\(metric.name)")
      #expect(metric.range.contains(estimate.value), "\(metric.name) \(estimate.value)")
      #expect(estimate.interval.isEmpty || estimate.interval.count == 2)
      if let low = estimate.interval.first, let high = estimate.interval.last {
        #expect(low <= estimate.value && estimate.value <= high, "\(metric.name)")
      }
      #expect(try metric.estimate(data, options) == estimate, "\(metric.name) twice")
    }
  }
}
