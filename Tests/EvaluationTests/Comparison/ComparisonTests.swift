import Evaluation
import Foundation
import Testing
import Torch

/// Numbers recorded from SciPy 1.17 by `Goldens/comparison.py`.
@Suite struct ComparisonTests {
  @Test(arguments: [
    (1.0, 12.706204736174694), (2, 4.302652729749462), (3, 3.1824463052837078),
    (3.7, 2.8675207071911895), (4, 2.7764451051977934), (5, 2.5705818356363146),
    (7, 2.364624251592784), (9, 2.262157162798205), (29, 2.045229642132703),
    (30, 2.0422724563012378), (100, 1.9839715185235518), (1000, 1.9623390808264083),
  ])
  func studentsQuantile(freedom: Double, expected: Double) {
    let student = StudentDistribution(freedom: freedom)
    #expect(abs(student.quantile(0.975) - expected) < 1e-12 * expected)
    #expect(abs(student.quantile(0.025) + expected) < 1e-12 * expected)
    #expect(abs(student.cumulative(expected) - 0.975) < 1e-12)
    #expect(student.cumulative(0) == 0.5)
    #expect(student.twoSided(.infinity) == 0)
  }

  /// One and two degrees of freedom have closed forms: tan(π (p − ½)) and (2p − 1)/√(2p (1 − p)).
  @Test(arguments: [0.6, 0.9, 0.975, 0.995]) func quantilesInClosedForm(p: Double) {
    let one = Foundation.tan(Double.pi * (p - 0.5))
    #expect(abs(StudentDistribution(freedom: 1).quantile(p) - one) < 1e-12 * one)
    let two = (2 * p - 1) / (2 * p * (1 - p)).squareRoot()
    #expect(abs(StudentDistribution(freedom: 2).quantile(p) - two) < 1e-12 * two)
  }

  @Test func theIntervalOfAMean() throws {
    // Mean 2, s = 1: half width 4.302652729749462/√3.
    let ends = try #require(StudentDistribution.interval(ofMean: [1, 2, 3]))
    #expect(abs(ends[1] - (2 + 4.302652729749462 / 3.0.squareRoot())) < 1e-12)
    #expect(abs(ends[0] + ends[1] - 4) < 1e-12)
    #expect(StudentDistribution.interval(ofMean: [1]) == nil)
  }

  @Test func welchsTestIsSciPys() throws {
    let test = try #require(WelchTest([1.2, 3.4, 2.2, 5.1], [2.9, 4.6, 7.7, 6.1, 5.0]))
    #expect(abs(test.pValue - 0.09059298053846089) < 1e-12)
    #expect(abs(test.freedom - 6.7433100868084095) < 1e-12)
    #expect(abs(test.interval[0] - -5.0440897821439314) < 1e-9)
    #expect(abs(test.interval[1] - 0.4740897821439316) < 1e-9)
    #expect(WelchTest([1], [2, 3]) == nil)
    #expect(try #require(WelchTest([1, 1], [1, 1])).pValue == 1)
    #expect(try #require(WelchTest([1, 1], [2, 2])).pValue == 0)
  }

  @Test func holmsCorrection() {
    let adjusted = holmAdjusted([0.01, 0.04, 0.03, 0.005])
    for (found, expected) in zip(adjusted, [0.03, 0.06, 0.06, 0.02]) {
      #expect(abs(found - expected) < 1e-15)
    }
    #expect(holmAdjusted([]) == [])
  }

  /// The bootstrap's interval of a mean is that of the central limit theorem.
  @Test func bootstrapOfManyPoints() {
    let noise = Tensor.randn([4000], using: Generator(seed: 3), dtype: .float64)
    let found = PairedBootstrap(differences: noise.scalars(as: Double.self), seed: 1)
    let half = 1.96 * noise.covariance().item().squareRoot() / 4000.0.squareRoot()
    let width = found.interval[1] - found.interval[0]
    #expect(abs(width - 2 * half) < 0.08 * 2 * half)
    #expect(found == PairedBootstrap(differences: noise.scalars(as: Double.self), seed: 1))
    #expect(PairedBootstrap(differences: [2, 2, 2]).interval == [2, 2])
  }

  /// Scores as models give them: points differ much, seeds little, each model has noise of its own.
  static func group(
    _ name: String, shift: Double, points: Tensor, using generator: Generator
  ) -> ComparedGroup {
    let count = points.size(0)
    return ComparedGroup(
      name,
      (0..<5).map { seed in
        let level = Tensor.randn([1], using: generator, dtype: .float64)
        let own = Tensor.randn([count], using: generator, dtype: .float64) * 3
        return .init(
          "\(name)-\(seed)", scores: (points + own + level + shift).scalars(as: Double.self))
      })
  }

  /// How many of 100 repetitions with a true gap of `shift` seed deviations say that there is one.
  static func shown(shift: Double) -> Int {
    let generator = Generator(seed: 17)
    let points = Tensor.randn([500], using: generator, dtype: .float64) * 20 - 100
    return (0..<100).count { _ in
      let first = group("a", shift: shift, points: points, using: generator)
      let second = group("b", shift: 0, points: points, using: generator)
      return PairComparison.all([first, second])[0].verdict == .firstLarger
    }
  }

  @Test func equalModelsShowNoDifference() {
    let generator = Generator(seed: 5)
    let points = Tensor.randn([500], using: generator, dtype: .float64) * 20 - 100
    let silent = (0..<100).count { _ in
      let pair = (0..<2).map {
        Self.group("\($0)", shift: 0, points: points, using: generator)
      }
      return PairComparison.all(pair)[0].verdict == .noDifference
    }
    #expect(silent >= 90, "\(silent) of 100")
  }

  @Test func aGapOfThreeSeedDeviationsIsFound() {
    let found = Self.shown(shift: 3)
    #expect(found >= 90, "\(found) of 100")
  }

  /// The gap that the power names is found about as often as it says.
  @Test func theSmallestGapIsFoundInEightyOfHundred() throws {
    // Two groups of five with seed deviation 1: the standard error is √(2/5).
    let gap =
      (StudentDistribution(freedom: 8).quantile(0.975)
        + StudentDistribution(freedom: 8).quantile(0.8)) * (2.0 / 5).squareRoot()
    let found = Self.shown(shift: gap)
    #expect(found >= 68 && found <= 92, "\(found) of 100 at \(gap)")
  }

  @Test func oneSeedASideSpeaksOfTheModelsOnly() {
    let a = ComparedGroup("a", [.init("a", scores: [1, 2, 3, 4, 5, 6, 7, 8])])
    let b = ComparedGroup("b", [.init("b", scores: [0, 1, 2, 3, 4, 5, 6, 7])])
    let pair = PairComparison(a, b)
    #expect(pair.seeds == nil && pair.smallestGap == nil)
    #expect(pair.verdict == .firstLarger)
    let whole = PairComparison(
      ComparedGroup("a", [.init("a", value: 0.3)]), ComparedGroup("b", [.init("b", value: 0.2)]))
    #expect(whole.verdict == .notTestable)
  }

  @Test func manyComparisonsAskForMore() {
    let group = { (name: String, values: [Double]) in
      ComparedGroup(name, values.map { .init(name, value: $0) })
    }
    let base = [1.0, 1.1, 0.9, 1.05]
    let one = group("one", base)
    let two = group("two", base.map { $0 + 0.2 })
    let alone = PairComparison.all([two, one])[0]
    #expect(alone.verdict == .firstLarger)
    let more = PairComparison.all([two, one, group("three", base), group("four", base)])
    #expect(more.count == 6)
    #expect(more[0].comparisons == 6)
    #expect(more[0].verdict == .noDifference)
    #expect((more[0].smallestGap ?? 0) > (alone.smallestGap ?? 0))
  }
}
