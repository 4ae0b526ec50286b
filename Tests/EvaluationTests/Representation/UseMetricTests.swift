import Evaluation
import Testing
import Torch
import _TestSupport

/// Alignment of classes and the use of a codebook as metrics.
@Suite struct UseMetricTests {
  private func alignment(_ codes: Tensor, _ labels: Tensor) throws -> Estimate {
    try ClassAlignment().estimate(LabelledCodes(codes: codes, labels: labels))
  }

  /// All pairs of a class, written out, are what the closed form counts.
  @Test func alignmentIsTheMeanOverPairs() throws {
    let codes = normal([60, 3], seed: 1)
    let labels = Tensor.arange(60).remainder(dividingBy: 4)
    let unit = normalized(codes)
    let distances = squared(pairwiseDistances(unit, unit)).scalars(as: Double.self)
    var sum = 0.0
    for row in 0..<60 {
      let others = (0..<60).filter { $0 != row && $0 % 4 == row % 4 }
      sum += others.reduce(0) { $0 + distances[row * 60 + $1] } / Double(others.count)
    }
    let found = try alignment(codes, labels)
    #expect(abs(found.value - sum / 60) < 1e-9)
    #expect(found.interval[0] < found.value && found.value < found.interval[1])
  }

  /// The library's function of two views agrees where the views are a class's two examples.
  @Test func pairsOfViewsAgreeWithTheFunction() throws {
    let (x, y) = (normal([50, 3], seed: 2), normal([50, 3], seed: 3))
    let labels = Tensor.arange(50).repeated([2])
    let found = try alignment(concatenated([x, y]), labels)
    #expect(abs(found.value - (try AlignmentUniformity.alignment(x, y))) < 1e-9)
  }

  @Test func classesWithoutAPairAreLeftOutOrRefused() throws {
    let codes = normal([60, 2], seed: 4)
    let labels = Tensor.arange(60).clamped(max: 58)
    let last = codes[58...]
    let unit = normalized(last)
    let expected = squared(unit[0] - unit[1]).sum().item()
    #expect(abs(try alignment(codes, labels).value - expected) < 1e-9)
    expectRefusal("a class of at least two examples") {
      _ = try alignment(codes, Tensor.arange(60))
    }
    expectRefusal("a code that is not zero") { _ = try alignment(codes * 0, labels) }
  }

  /// The interval's half width is 1.96 deviations of the score over fresh samples, within what thirty can tell.
  @Test func theIntervalOfAlignmentIsThatOfFreshSamples() throws {
    let estimates = try (0..<30).map { seed in
      let labels = Tensor.arange(120).remainder(dividingBy: 3)
      let codes =
        normal([120, 3], seed: UInt64(seed)) + labels.to(.float64).unsqueezed(dim: 1)
      return try alignment(codes, labels)
    }
    expectWidths(estimates)
  }

  @Test func usageOfACodebook() throws {
    let words = Tensor.arange(4).repeated([30]).reshaped([60, 2])
    let perplexity = try CodebookMetric(.perplexity).estimate(words: words, size: 16)
    #expect(abs(perplexity.value - 4) < 1e-9 && perplexity.count == 60)
    #expect(perplexity.interval.count == 2)
    let dead = try CodebookMetric(.dead).estimate(words: words, size: 16)
    #expect(dead.value == 0.75 && dead.interval == [])
    expectRefusal("whole numbers from 0 to 2") {
      _ = try CodebookMetric(.dead).estimate(words: words, size: 3)
    }
  }
}

/// Intervals of parts without repeats, against what fresh samples do.
@Suite struct SubsamplingTests {
  /// 300 codes on a bent surface in four dimensions.
  private func codes(_ seed: Int) -> Tensor {
    let flat = normal([300, 2], seed: UInt64(seed))
    return concatenated([flat, squared(flat)], dim: 1)
      + 0.1 * normal([300, 4], seed: UInt64(seed) + 500)
  }

  @Test(arguments: [
    "effective-rank", "participation-ratio", "isoscore", "uniformity", "intrinsic-dimension-mle",
    "total-correlation-ksg",
  ])
  func widthsOfCodes(name: String) throws {
    let metric = try #require(Metrics.codeMetrics.first { $0.name == name })
    expectWidths(try (0..<30).map { try metric.estimate(codes: codes($0)) }, name)
  }

  @Test func widthsOfPairs() throws {
    let turn = normal([4, 4], seed: 9)
    for name in ["cka", "svcca", "procrustes"] {
      let metric = try #require(PairMetric.all.first { $0.name == name })
      let estimates = try (0..<30).map { seed in
        let x = codes(seed)
        return try metric.estimate(
          x, matmul(x, turn) + 3 * normal([300, 4], seed: UInt64(seed) + 900))
      }
      expectWidths(estimates, name)
    }
  }

  @Test(arguments: ["mig-ksg", "infom", "infoc", "infoe"])
  func widthsOfFactors(name: String) throws {
    let metric = try #require(Metrics.factorMetrics.first { $0.name == name })
    let estimates = try (0..<30).map { seed in
      let factors = SyntheticCodes.factors([4, 3], count: 400, seed: UInt64(seed))
      let noise = normal([400, 2], seed: UInt64(seed) + 700)
      let mixed = matmul(
        factors.to(.float64), Tensor([[1.0, 0.4], [0.3, 1]], dtype: .float64))
      return try metric.estimate(CodesAndFactors(codes: mixed + 0.6 * noise, factors: factors))
    }
    expectWidths(estimates, name)
  }

  @Test(arguments: ["frechet", "precision", "recall", "coverage", "mmd", "sliced-wasserstein"])
  func widthsOfSamples(name: String) throws {
    let metric = try #require(SampleMetric.all.first { $0.name == name })
    let estimates = try (0..<30).map { seed in
      let data = try SampleComparison(
        samples: 1.3 * normal([300, 2], seed: UInt64(seed)) + 0.8,
        reference: normal([300, 2], seed: UInt64(seed) + 300))
      return try metric.estimate(data)
    }
    expectWidths(estimates, name)
  }

  /// Ten other runs: the second and the ninth pair hold the median in 97.9 of 100 samples; five are too few.
  @Test func theIntervalOfAMedian() throws {
    let metric = UnsupervisedDisentanglementRanking()
    let base = normal([80, 2], seed: 1)
    func runs(_ count: Int) -> [Tensor] {
      (0..<count).map { base + 0.3 * normal([80, 2], seed: UInt64($0) + 10) }
    }
    let many = try metric.estimates(runs(11))[0]
    #expect(many.interval.count == 2 && many.interval[0] < many.value)
    #expect(many.value < many.interval[1])
    #expect(try metric.estimates(runs(6))[0].interval == [], "five others")
    #expect(try metric.estimates(runs(7))[0].interval.count == 2, "six others")
  }
}

/// The mean width of the intervals is that of 1.96 deviations of the values either way, within what so many can tell.
private func expectWidths(_ estimates: [Estimate], _ name: String = "") {
  let values = estimates.map(\.value)
  let count = Double(values.count)
  let mean = values.reduce(0, +) / count
  let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)).squareRoot()
  #expect(estimates.allSatisfy { $0.interval.count == 2 }, "\(name) has no interval")
  let widths = estimates.compactMap { estimate in
    estimate.interval.count == 2 ? (estimate.interval[1] - estimate.interval[0]) / 2 / 1.96 : nil
  }
  let ratio = widths.reduce(0, +) / Double(max(widths.count, 1)) / deviation
  #expect((0.6...1.7).contains(ratio), "\(name) \(ratio)")
}
