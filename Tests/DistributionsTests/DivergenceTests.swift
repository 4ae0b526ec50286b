import Distributions
import Testing
import Torch
import _TestSupport

@Suite struct DivergenceTests {
  @Test(arguments: Case.all, [DType.float32, .float64])
  func ofEqualParametersIsZero(_ row: Case, _ dtype: DType) throws {
    let made = try row.distribution(Case.goldenFile(), dtype: dtype)
    guard let found = KLTable.standard.divergence(made, made) else { return }
    #expect(found.shape == made.batchShape)
    // Triangular solves, Woodbury's identity and sums of log-gammas round; the rest is exact.
    let rounds = ["multi", "lowR", "diri", "beta", "sphere", "circle"]
    let slack = rounds.contains { row.name.hasPrefix($0) } ? 2e2 * (dtype.epsilon ?? 0) : 0
    #expect(found.max().item() <= slack)
    #expect(found.min().item() >= 0)
  }

  @Test func everyPairOfTheTableIsRecorded() throws {
    let golden = try Case.goldenFile()
    var pairs: Set<String> = []
    for pair in golden.tensors.keys where pair.hasPrefix("kl.") {
      let names = pair.split(separator: ".").map(String.init)
      let p = try Case.named(names[1]).distribution(golden)
      let q = try Case.named(names[2]).distribution(golden)
      // Pairs that only `Independent` answers for are no entries.
      if type(of: p) == DiagonalNormal.self && type(of: q) == DiagonalNormal.self { continue }
      pairs.insert("\(type(of: p)) \(type(of: q))")
    }
    #expect(pairs.count == KLTable.standard.count)
  }

  @Test func staticAndDynamicDispatchAgree() throws {
    let golden = try Case.goldenFile()
    let p = try #require(try Case.named("multivariate").distribution(golden) as? MultivariateNormal)
    let q = try #require(try Case.named("diagonal3").distribution(golden) as? DiagonalNormal)
    #expect(p.klDivergence(to: q).isEqual(to: klDivergence(p, q)))
    #expect(q.klDivergence(to: q).isEqual(to: klDivergence(q, q)))
  }

  @Test func monteCarloIsTakenByNameOnlyAndIsUnbiased() {
    let p = Logistic(location: Tensor(0.0, dtype: .float64), scale: Tensor(1.0, dtype: .float64))
    let q = Logistic(location: Tensor(0.5, dtype: .float64), scale: Tensor(1.5, dtype: .float64))
    #expect(KLTable.standard.divergence(p, q) == nil)
    let nodes = Tensor.linspace(-40, 40, count: 40001, dtype: .float64)
    let density = exp(p.logProbability(nodes))
    let ratio = p.logProbability(nodes) - q.logProbability(nodes)
    let integral = (density * ratio).sum().item() * 80 / 40000
    let found = monteCarloKLDivergence(p, q, samples: 40000, using: Generator(seed: 51)).item()
    #expect(abs(found - integral) < 0.01)
  }

  @Test func aUniformOutsideAnotherIsInfinitelyFar() {
    let p = Uniform(lower: Tensor([0.0, 0]), upper: Tensor([1.0, 1]))
    let q = Uniform(lower: Tensor([0.5, -1]), upper: Tensor([2.0, 1]))
    expectClose(klDivergence(p, q), Tensor([Double.infinity, 0.6931471805599453]))
  }
}
