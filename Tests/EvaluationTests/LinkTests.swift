import Evaluation
import LatentCore
import Testing
import Torch

@Suite struct LinkTests {
  /// Scores and marks of 200 pairs, as in Goldens/links.py.
  private static func links(rounded: Bool) throws -> LinkScores {
    let places = Tensor.arange(200).to(.float64)
    let scores = sin(places * 1.7)
    let linked = (sin(places * 0.9) + 0.7 * scores) .> 0.2
    return try LinkScores(
      scores: rounded ? round(scores * 3) / 3 : scores, linked: linked.to(.float32))
  }

  @Test(arguments: [
    (true, 0.6873708143861099, 0.5463919168996064), (false, 0.6856138900372055, 0.5534215368105675),
  ]) func areThoseOfScikitLearn(rounded: Bool, area: Double, precision: Double) throws {
    let links = try Self.links(rounded: rounded)
    #expect(abs(links.areaUnderROC - area) < 1e-12)
    #expect(abs(links.averagePrecision - precision) < 1e-12)
  }

  @Test func aPerfectAndAReversedOrder() throws {
    let (scores, linked) = (Tensor([1.0, 2, 3, 4]), Tensor([0.0, 0, 1, 1]))
    let right = try LinkScores(scores: scores, linked: linked)
    let wrong = try LinkScores(scores: -scores, linked: linked)
    #expect(right.areaUnderROC == 1 && right.averagePrecision == 1)
    #expect(wrong.areaUnderROC == 0 && abs(wrong.averagePrecision - (1.0 / 3 + 0.5) / 2) < 1e-15)
    let equal = try LinkScores(scores: Tensor.ones([4]), linked: linked)
    #expect(equal.areaUnderROC == 0.5 && equal.averagePrecision == 0.5)
  }

  @Test func metricsHaveIntervalsAroundThem() throws {
    for metric in LinkMetric.all {
      let found = try metric.estimate(Self.links(rounded: false))
      #expect(found.interval.count == 2 && found.count == 200)
      #expect(found.interval[0] < found.value && found.value < found.interval[1])
      // The standard error of an area from 82 and 118 pairs is about 0.04.
      #expect(found.interval[1] - found.interval[0] < 0.3)
      #expect(Metrics.named(metric.name) != nil)
    }
  }

  @Test func badScoresAreRefused() {
    #expect(throws: MetricError.self) {
      try LinkScores(scores: Tensor([1.0]), linked: Tensor([1.0]))
    }
    #expect(throws: MetricError.self) {
      try LinkScores(scores: Tensor([1.0, .nan]), linked: Tensor([1.0, 0]))
    }
    #expect(throws: MetricError.self) {
      try LinkScores(scores: Tensor([1.0, 2, 3]), linked: Tensor([1.0, 0]))
    }
  }
}
