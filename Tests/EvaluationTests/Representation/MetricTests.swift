import Evaluation
import Testing
import Torch
import _TestSupport

/// The metrics of codes, classes, pairs and samples as the registry holds them.
@Suite struct MetricTests {
  @Test func everyMetricMeetsItsKnownAnswer() {
    let kinds: [[any Metric]] = [
      GeometryMetric.all, Metrics.labelMetrics, PairMetric.all, SampleMetric.all,
    ]
    for metric in kinds.joined() {
      #expect(throws: Never.self, "\(metric.name)") { try metric.checkKnownAnswer() }
    }
  }

  @Test func namesAreKebabCaseAndDifferent() {
    let names = Metrics.all.map(\.name)
    #expect(Set(names).count == names.count)
    for metric in Metrics.all {
      #expect(metric.name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" })
      #expect(!metric.summary.isEmpty && !metric.citations.isEmpty && !metric.needs.isEmpty)
    }
  }

  @Test func metricsOfLabelledCodesStandInTheirRange() throws {
    let data = try RecordedCodes().all()
    for metric in Metrics.labelMetrics {
      let found = try metric.estimate(data, MetricOptions(seed: 3, resamples: 10))
      #expect(metric.range.contains(found.value), "\(metric.name)")
      #expect(found.interval.count == 2 && found.interval[0] <= found.value)
      #expect(found.value <= found.interval[1] && found.seed == 3)
      let again = try metric.estimate(data, MetricOptions(seed: 3, resamples: 10))
      #expect(again == found, "\(metric.name)")
    }
  }

  @Test func informativeCodesScoreAboveNoise() throws {
    let data = try RecordedCodes().all()
    let noise = try LabelledCodes(codes: normal([600, 6], seed: 1), labels: data.labels)
    for name in ["linear-probe", "knn-accuracy", "few-label-accuracy-10", "retrieval-map"] {
      let metric = try #require(Metrics.labelMetrics.first { $0.name == name })
      #expect(try metric.estimate(data).interval[0] > metric.estimate(noise).interval[1], "\(name)")
    }
  }

  @Test func samplesCarrySpaceAndCountInTheirNames() throws {
    let data = try SampleComparison(
      samples: normal([80, 3], seed: 2), reference: normal([90, 3], seed: 3),
      heldOut: normal([30, 3], seed: 4))
    for metric in SampleMetric.all {
      #expect(metric.reportName(data) == "\(metric.name)-data-n80")
      let found = try metric.estimate(data)
      #expect(metric.range.contains(found.value) && found.count == 80, "\(metric.name)")
    }
  }

  @Test func wrongSamplesAreRefused() throws {
    let x = normal([80, 3], seed: 5)
    expectRefusal("the reference's shape [4]") {
      _ = try SampleComparison(samples: x, reference: normal([80, 4], seed: 6))
    }
    expectRefusal("at least 50 examples") {
      _ = try SampleComparison(samples: x[0..<49], reference: x)
    }
    expectRefusal("held-out examples") {
      let data = try SampleComparison(samples: x, reference: x)
      let metric = try #require(SampleMetric.all.first { $0.name == "memorisation" })
      _ = try metric.estimate(data)
    }
  }

  @Test func fewExamplesAreRefused() throws {
    let data = try RecordedCodes().part(0..<40)
    expectRefusal("at least 50 examples") { _ = try LinearProbeAccuracy().estimate(data) }
    expectRefusal("at least 50 examples") {
      _ = try PairMetric.all[0].estimate(data.codes, data.codes)
    }
  }
}
