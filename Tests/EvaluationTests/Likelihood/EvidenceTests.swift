import Distributions
import Evaluation
import Foundation
import LatentCore
import Testing
import Torch
import _TestSupport

@Suite struct EvidenceTests {
  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  /// 100 repetitions, each the mean over 5 examples of its own, with 25 for each of four models; all of a model at once. The
  /// intervals cover 95 in the mean, and fewer than 90 for one choice of seeds in 35.
  @Test func intervalsCoverTheExactEvidence() {
    let options = AnnealingOptions(steps: 60, chains: 60, leapfrogSteps: 3)
    var hits = (iwae: 0, ais: 0)
    for seed in 0..<4 as Range<UInt64> {
      let model = KnownModel(seed: seed, widening: 1.3, shift: 0.5)
      let generator = Generator(seed: 1000 + seed)
      let examples = model.law.sample(125, using: generator)
      let truth = model.evidence(examples)
      let iwae = importanceWeightedEvidence(of: model, examples, k: 5000, using: generator)
      let ais = AnnealedImportanceSampling(
        of: model, examples, options: options, using: generator)
      for repetition in 0..<25 {
        let rows = repetition * 5..<(repetition + 1) * 5
        let exact = Self.mean(Array(truth[rows]))
        func covers(_ estimate: EvidenceEstimate) -> Int {
          let ends = estimate.selected(rows).overDraws.interval
          return ends[0] <= exact && exact <= ends[1] ? 1 : 0
        }
        hits.iwae += covers(iwae)
        hits.ais += covers(ais.estimate)
      }
    }
    #expect(hits.iwae >= 90 && hits.ais >= 90)
  }

  @Test func annealingIsTighterWhereTheEncoderFitsBadly() {
    for seed in 0..<5 as Range<UInt64> {
      let model = KnownModel(d: 12, k: 6, seed: seed, widening: 0.3, shift: 3)
      let generator = Generator(seed: 50 + seed)
      let examples = model.law.sample(4, using: generator)
      let truth = Self.mean(model.evidence(examples))
      let iwae = importanceWeightedEvidence(of: model, examples, k: 5000, using: generator)
      let ais = AnnealedImportanceSampling(
        of: model, examples, options: AnnealingOptions(steps: 200, chains: 20, leapfrogSteps: 5),
        using: generator)
      let (loose, tight) = (Self.mean(iwae.values), Self.mean(ais.estimate.values))
      #expect(loose < tight - 1 && abs(tight - truth) < 0.6)
      #expect(iwae.paretoShapes?.allSatisfy { $0 > 0.7 } == true)
    }
  }

  @Test func theLowerBoundStaysBelowTheEvidence() {
    for seed in 0..<20 as Range<UInt64> {
      let model = KnownModel(seed: seed, widening: 1 + 0.05 * Double(seed))
      let generator = Generator(seed: 70 + seed)
      let examples = model.law.sample(3, using: generator)
      let weights = logImportanceWeights(
        k: 400, count: 3, proposal: model.approximatePosterior(of: examples), using: generator
      ) { model.logJoint(examples, codes: $0) }
      let bound = evidenceLowerBoundEstimate(logWeights: weights)
      for (index, truth) in model.evidence(examples).enumerated() {
        // 60 comparisons: 3.5 standard errors come up once in 70 such suites.
        #expect(bound.values[index] <= truth + 3.5 * bound.errors[index])
      }
    }
  }

  /// With the exact posterior (one dimension, so that it is diagonal) every weight is the evidence.
  @Test func theExactPosteriorHasNoError() {
    let model = KnownModel(d: 4, k: 1, seed: 3)
    let examples = model.law.sample(6, using: Generator(seed: 4))
    let found = importanceWeightedEvidence(
      of: model, examples, k: 50, using: Generator(seed: 5))
    expectClose(
      Tensor(found.values, dtype: .float64), Tensor(model.evidence(examples), dtype: .float64),
      relative: 1e-9)
    #expect(found.effectiveSampleSizes.allSatisfy { abs($0 - 50) < 1e-6 })
    #expect(found.standardErrors.allSatisfy { $0 < 1e-6 })
    #expect(found.name == "IWAE-50" && found.draws == 50)
  }

  @Test func blocksOfDrawsAreAllDraws() {
    let model = KnownModel(seed: 6)
    let examples = model.law.sample(3, using: Generator(seed: 7))
    let found = importanceWeightedEvidence(
      of: model, examples, k: 101, using: Generator(seed: 8), block: 10)
    #expect(found.draws == 101 && found.values.count == 3)
    #expect(found.effectiveSampleSizes.allSatisfy { $0 > 1 && $0 <= 101 })
  }

  /// The standard error is the spread of the estimate over repetitions.
  @Test func standardErrorsAreTheSpreadOfTheEstimate() {
    let model = KnownModel(seed: 9, widening: 1.5)
    let examples = model.law.sample(1, using: Generator(seed: 10))
    let generator = Generator(seed: 11)
    let runs = (0..<200).map { _ in
      importanceWeightedEvidence(of: model, examples, k: 200, using: generator)
    }
    let values = runs.map { $0.values[0] }
    let mean = Self.mean(values)
    let spread = Self.mean(values.map { ($0 - mean) * ($0 - mean) }).squareRoot()
    let claimed = Self.mean(runs.map { $0.standardErrors[0] })
    #expect(abs(claimed / spread - 1) < 0.2)
  }

  /// log ∫ of an unnormalised normal law in 4 dimensions with a scale of its own an axis.
  @Test(arguments: [AnnealingSchedule.linear, .sigmoid()])
  func annealingFindsANormalizer(_ schedule: AnnealingSchedule) {
    let scales = Tensor([0.1, 0.5, 1, 2], dtype: .float64)
    let exact = (log(scales) + 0.5 * log(2 * Tensor(Double.pi, dtype: .float64))).sum().item()
    let start = StandardNormal([1, 4], dtype: .float64).independent()
    let found = AnnealedImportanceSampling(
      from: start, options: AnnealingOptions(steps: 200, chains: 50, schedule: schedule),
      using: Generator(seed: 12)
    ) { -0.5 * squared(($0 - 0.7) / scales).sum(dim: -1) }
    #expect(abs(found.estimate.values[0] - exact) < 4 * found.estimate.standardErrors[0])
    #expect(found.estimate.standardErrors[0] < 0.3)
    #expect(abs(found.acceptance - 0.65) < 0.15)
    #expect(found.estimate.name == "AIS-200" && found.logWeights.shape == [50, 1])
  }

  /// One temperature is importance sampling from the initial law.
  @Test func oneTemperatureIsImportanceSampling() {
    let model = KnownModel(seed: 13)
    let examples = model.law.sample(2, using: Generator(seed: 14))
    let found = AnnealedImportanceSampling(
      of: model, examples, options: AnnealingOptions(steps: 1, chains: 4000),
      using: Generator(seed: 15))
    for (index, truth) in model.evidence(examples).enumerated() {
      let error = found.estimate.standardErrors[index]
      #expect(abs(found.estimate.values[index] - truth) < 5 * error)
    }
  }

  @Test func schedulesRiseFromZeroToOne() {
    for schedule in [AnnealingSchedule.linear, .sigmoid(), .sigmoid(steepness: 9)] {
      let betas = schedule.inverseTemperatures(steps: 30)
      #expect(betas.first == 0 && betas.last == 1 && betas == betas.sorted() && betas.count == 31)
    }
    let slow = AnnealingSchedule.sigmoid().inverseTemperatures(steps: 10)
    #expect(slow[1] < 0.1 && slow[9] > 0.9 && abs(slow[5] - 0.5) < 1e-12)
  }

  @Test func natsAndBitsAreOneNumber() {
    let nats = Estimate(of: [-2, -4], unit: "nat", bound: "IWAE-5")
    let bits = EvidenceEstimate.bitsPerDimension(nats, dimensions: 3)
    #expect(abs(bits.value - 3 / (3 * log(2))) < 1e-12)
    #expect(bits.interval[0] < bits.value && bits.value < bits.interval[1])
    #expect(bits.unit == "bit/dim" && bits.bound == "IWAE-5")
  }
}
