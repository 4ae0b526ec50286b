import Datasets
import Evaluation
import Testing
import Torch

/// What a definition does not cover is refused by name.
@Suite struct RefusalTests {
  private let factors = Tensor.arange(60).remainder(dividingBy: 3)
  private let codes = Tensor.randn([60, 2], using: Generator(seed: 1))

  private func problem(_ metric: any FactorMetric, _ codes: Tensor, _ factors: Tensor) -> String {
    do {
      let data = try CodesAndFactors(codes: codes, factors: factors)
      return "\(try metric.estimate(data).value)"
    } catch {
      return "\(error)"
    }
  }

  private static let single: [any FactorMetric] = [
    MutualInformationGap(), CorrectedGap(), NeighbourGap(), SeparatedAttributePredictability(),
    CorrelationPredictability(), DCICompleteness(),
  ]

  @Test func aSingleCode() {
    for metric in Self.single {
      #expect(
        problem(metric, codes[.all, 0..<1], factors)
          == "\(metric.name): expected at least 2 code dimensions, found 1")
    }
    #expect(
      problem(InfoC(), codes[.all, 0..<1], factors)
        == "infoc: expected at least 2 active codes, found 1")
  }

  @Test func aSingleFactor() {
    let metrics: [any FactorMetric] = [
      Modularity(), DCIDisentanglement(), BetaVAEScore(), FactorVAEScore(), InfoM(),
    ]
    for metric in metrics {
      #expect(
        problem(metric, codes, factors)
          == "\(metric.name): expected at least 2 factors, found 1")
    }
  }

  @Test func realFactors() {
    let real = Tensor.randn([60, 2], using: Generator(seed: 2))
    let metrics: [any FactorMetric] = [
      SeparatedAttributePredictability(), Explicitness(), InfoE(),
    ]
    for metric in metrics {
      #expect(
        problem(metric, codes, real)
          == "\(metric.name): expected factors of classes, found real numbers in 'factor 0'")
    }
  }

  @Test func tooFewExamples() {
    for metric in Metrics.factorMetrics {
      #expect(
        problem(metric, codes[..<49], factors[..<49])
          == "\(metric.name): expected at least 50 examples, found 49")
    }
  }

  @Test func codesThatDetermineEachOther() {
    let doubled = concatenated([codes, 2 * codes], dim: 1)
    #expect(throws: MetricError.self) { try TotalCorrelation().estimate(codes: doubled) }
    #expect(throws: MetricError.self) { try TotalCorrelation().estimate(codes: codes[.all, 0..<1]) }
    #expect(throws: MetricError.self) {
      try NeighbourTotalCorrelation().estimate(codes: Tensor.zeros([60, 3]))
    }
  }

  @Test func rankingOfTooLittle() {
    let metric = UnsupervisedDisentanglementRanking()
    #expect(throws: MetricError.self) { try metric.estimates([codes]) }
    #expect(throws: MetricError.self) { try metric.estimates([codes, codes[..<59]]) }
    #expect(throws: MetricError.self) { try metric.estimates([codes, Tensor.zeros([60, 2])]) }
  }
}
