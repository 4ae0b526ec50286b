import Testing
import Torch

@testable import Evaluation

/// A generator of examples: codes in closed form for drawn factors, with fresh noise each time.
private struct NoisyGenerator: FactorSampler {
  let sizes = [3, 4]
  var factorCount: Int { sizes.count }

  private func factors(_ count: Int, _ generator: Generator) -> Tensor {
    stacked(sizes.map { Tensor.randint(0..<$0, [count], using: generator) }, dim: 1)
      .to(.float64)
  }

  private func encoded(_ factors: Tensor, _ generator: Generator) -> Tensor {
    let mixture = Tensor([[2, 1, 0], [1, 2, 0]], dtype: .float64)
    return matmul(factors, mixture)
      + 3.5 * Tensor.randn([factors.size(0), 3], using: generator, dtype: .float64)
  }

  func codes(count: Int, using generator: Generator) -> Tensor {
    encoded(factors(count, generator), generator)
  }

  func pairs(agreeingOn factor: Int, count: Int, using generator: Generator) -> (Tensor, Tensor) {
    let first = factors(count, generator)
    let second = factors(count, generator)
    let agreeing = second.setting(first[.all, factor], at: .all, factor)
    return (encoded(first, generator), encoded(agreeing, generator))
  }

  func groups(agreeingOn factor: Int, groups: Int, size: Int, using generator: Generator) -> Tensor
  {
    let drawn = factors(groups * size, generator).reshaped([groups, size, 2])
    let held = drawn.setting(
      drawn[.all, 0..<1, factor].expanded([groups, size]), at: .all, .all, factor)
    return encoded(held.reshaped([-1, 2]), generator).reshaped([groups, size, -1])
  }

  /// A table of codes that the same generator makes.
  func table(_ count: Int) throws -> CodesAndFactors {
    let generator = Generator(seed: 5)
    let drawn = factors(count, generator)
    return try CodesAndFactors(codes: encoded(drawn, generator), factors: drawn)
  }
}

@Suite struct InterventionTests {
  private let options = MetricOptions(trainCount: 2000, testCount: 2000)

  /// Rows of a large table approximate the generator that they came from.
  @Test func matchingRowsApproximateTheGenerator() throws {
    let rows = MatchingRows(try NoisyGenerator().table(6000))
    let metrics: [any InterventionMetric] = [BetaVAEScore(), FactorVAEScore()]
    for metric in metrics {
      let exact = try metric.measure(NoisyGenerator(), options).value
      let approximate = try metric.measure(rows, options).value
      #expect((0.55...0.99).contains(exact), "\(metric.name) \(exact) can tell")
      #expect(abs(exact - approximate) < 0.05, "\(metric.name) \(exact) \(approximate)")
    }
  }

  /// Rows that agree do agree, and the other factor is free.
  @Test func rowsAgreeOnOneFactorOnly() throws {
    let factors = SyntheticCodes.factors([3, 4], count: 500).to(.float64)
    let rows = MatchingRows(try CodesAndFactors(codes: factors, factors: factors))
    let (first, second) = rows.pairs(agreeingOn: 1, count: 4000, using: Generator(seed: 1))
    #expect(first[.all, 1].isEqual(to: second[.all, 1]))
    let same = (first[.all, 0] .== second[.all, 0]).to(.float64).mean().item()
    #expect(abs(same - 1.0 / 3) < 0.04)
    let groups = rows.groups(agreeingOn: 0, groups: 200, size: 8, using: Generator(seed: 2))
    let spread = groups.variance(dims: [1])
    #expect(spread[.all, 0].max().item() == 0)
    #expect(spread[.all, 1].mean().item() > 0.5)
  }
}
