import Distributions
import Testing
import Torch
import _TestSupport

@Suite struct NormalTests {
  @Test func drawsTheNumbersOfTheSameFormulaOnTheSameGenerator() {
    let mean = Tensor.randn([3, 4], using: Generator(seed: 1))
    let logVariance = Tensor.randn([3, 4], using: Generator(seed: 2))
    let x = Normal(mean: mean, logVariance: logVariance).sample([2], using: Generator(seed: 7))
    let noise = Tensor.randn([2, 3, 4], using: Generator(seed: 7))
    expectClose(x, mean + exp(0.5 * logVariance) * noise, relative: 1e-6, absolute: 5e-7)
    let wide = Normal(mean: mean, standardDeviation: exp(logVariance))
      .sample([2], using: Generator(seed: 7))
    #expect(wide.isEqual(to: mean + exp(logVariance) * noise))
  }

  /// Rows summed at once are the sums of the rows, with the same gradients; also where parameters are broadcast along a row.
  @Test(arguments: [[3, 4], [4], [1], [3, 1]]) func rowsAreSummedAtOnce(_ shape: [Int]) {
    let x = Tensor.randn([2, 3, 4], using: Generator(seed: 1), dtype: .float64)
    let mean = Tensor.randn(shape, using: Generator(seed: 2), dtype: .float64)
    let scale = 0.5 * Tensor.randn(shape, using: Generator(seed: 3), dtype: .float64)
    let made: [(Tensor, Tensor) -> Normal] = [
      { Normal(mean: $0, logVariance: $1) },
      { Normal(mean: $0, standardDeviation: exp($1)) },
    ]
    for make in made {
      func slopes(_ sum: (Normal, Tensor) -> Tensor) -> [Tensor] {
        let leaves = [x, mean, scale].map { $0.detached().requiringGradient() }
        let rows = sum(make(leaves[1], leaves[2]), leaves[0])
        return [rows] + gradients(of: [squared(rows).sum()], withRespectTo: leaves)
      }
      let once = slopes { $0.summedLogProbability($1) }
      for (a, b) in zip(once, slopes { $0.logProbability($1).sum(dim: -1) }) { expectClose(a, b) }
    }
    let prior = StandardNormal([3, 4], dtype: .float64)
    expectClose(prior.summedLogProbability(x), prior.logProbability(x).sum(dim: -1))
  }

  @Test func divergenceFromItselfIsExactlyZero() {
    let p = Normal(
      mean: .randn([100], using: Generator(seed: 1)),
      logVariance: 10 * Tensor.randn([100], using: Generator(seed: 2)))
    #expect(klDivergence(p, p).isEqual(to: .zeros([100])))
    #expect(klDivergence(StandardNormal([2]).normal, StandardNormal([2])).isEqual(to: .zeros([2])))
  }

  @Test func divergenceOfNeighboursIsNotNegativeAndKeepsItsDigits() {
    let steps = Tensor([1e-8, -1e-8, 1e-6, 1e-4, -1e-3, 1e-2])
    let p = Normal(mean: .zeros([6]), logVariance: steps)
    let found = klDivergence(p, StandardNormal([6]))
    #expect(found.min().item() >= 0)
    // ¼ δ² for small δ; eˣ − 1 − x keeps half of float32's digits at 1e-4.
    expectClose(found, 0.25 * squared(steps), relative: 1e-2, absolute: 1e-13)
  }

  @Test func extremeScalesStayFinite() {
    let p = Normal(mean: .zeros([4]), logVariance: Tensor([-150.0, -60, 60, 150]))
    #expect(p.logProbability(.zeros([4])).isFinite.all().item() == 1)
    #expect(p.sample([10], using: Generator(seed: 1)).isFinite.all().item() == 1)
    #expect(p.entropy().isFinite.all().item() == 1)
  }

  @Test func unequalShapesAreOneSentence() {
    #expect {
      try withTorchErrors { Normal(mean: .zeros([2]), logVariance: .zeros([3])).mean }
    } throws: {
      "\($0)"
        == "Normal(mean:logVariance:) of [2] float32 and [3] float32: "
        + "the parameters' shapes do not broadcast"
    }
  }

  @Test func aNegativeStandardDeviationIsNamedByValidate() throws {
    let good = Normal(mean: .zeros([3]), standardDeviation: Tensor([1.0, 2, 3]))
    try good.validate()
    let bad = Normal(mean: .zeros([3]), standardDeviation: Tensor([1.0, -2, 3]))
    #expect { try bad.validate() } throws: {
      "\($0)".hasPrefix(
        "Normal: standardDeviation at flat index 1: expected finite numbers above 0, found -2.0; ")
    }
  }

  @Test func aPairWithoutClosedFormIsOneSentence() {
    let p = Bernoulli(logits: .zeros([2]))
    #expect {
      try withTorchErrors { klDivergence(p, StandardNormal([2])) }
    } throws: {
      "\($0)".hasPrefix("klDivergence(Bernoulli, StandardNormal): no closed form is known; ")
    }
  }

  @Test func theTableCanBeExtended() {
    var table = KLTable.current
    table.add { (p: Bernoulli, q: StandardNormal) in p.mean * 0 + 42.0 }
    let found = withKLTable(table) {
      klDivergence(Bernoulli(logits: .zeros([2])).independent(), StandardNormal([2]).independent())
    }
    #expect(found.item() == 84)
  }
}

@Suite struct DiscreteTests {
  @Test func extremeLogitsStayFinite() {
    let logits = Tensor([-1e4, -100, 0, 100, 1e4])
    let p = Bernoulli(logits: logits)
    #expect(p.logProbability(.ones([5])).isFinite.all().item() == 1)
    #expect(p.entropy().isFinite.all().item() == 1)
    let q = Bernoulli(logits: -logits)
    #expect(klDivergence(p, q).isFinite.all().item() == 1)
    #expect(klDivergence(p, p).isEqual(to: .zeros([5])))
  }

  @Test func aForbiddenClassCountsNothing() {
    let logits = Tensor([0, -Double.infinity, 1], dtype: .float64)
    let p = Categorical(logits: logits)
    let without = Categorical(logits: Tensor([0.0, 1.0], dtype: .float64))
    expectClose(p.entropy(), without.entropy())
    #expect(klDivergence(p, p).item() == 0)
    let even = Categorical(logits: .zeros([3], dtype: .float64))
    #expect(klDivergence(even, p).item() == .infinity)
    let slope = gradient(at: logits) { Categorical(logits: $0).entropy() }
    #expect(slope.isFinite.all().item() == 1)
  }
}
