import Testing
import Torch

@testable import Evaluation

@Suite struct DependenceTests {
  /// Gaussian codes of equal correlation 0.5: −½ ln det = −½ ln((1 − ρ)^{D−1} (1 + (D − 1)ρ)).
  private let codes: Tensor = {
    let generator = Generator(seed: 4)
    let shared = Tensor.randn([2000, 1], using: generator, dtype: .float64)
    let own = Tensor.randn([2000, 3], using: generator, dtype: .float64)
    return 0.5.squareRoot() * (shared + own)
  }()
  private let truth = 0.346_573_59

  @Test func gaussianTotalCorrelation() throws {
    let estimate = try TotalCorrelation().estimate(codes: codes)
    #expect(estimate.interval[0] <= truth && truth <= estimate.interval[1])
    let width = estimate.interval[1] - estimate.interval[0]
    #expect((0.04...0.15).contains(width))
  }

  @Test func neighbourTotalCorrelation() throws {
    let estimate = try NeighbourTotalCorrelation().estimate(codes: codes)
    #expect(abs(estimate.value - truth) < 0.05)
  }

  /// Dependence without correlation: the sign of a product of normal numbers, which pairs hide.
  @Test func neighboursSeeWhatCorrelationsDoNot() throws {
    let generator = Generator(seed: 6)
    let normal = Tensor.randn([2000, 2], using: generator, dtype: .float64)
    let x = normal[.all, 0]
    let folded = stacked([x, squared(x) + 0.1 * normal[.all, 1]], dim: 1)
    #expect(try TotalCorrelation().estimate(codes: folded).value < 0.02)
    #expect(try NeighbourTotalCorrelation().estimate(codes: folded).value > 0.5)
  }

  @Test func constantCodesAreLeftOut() throws {
    let padded = concatenated([codes, Tensor.ones([2000, 2], dtype: .float64)], dim: 1)
    #expect(
      try TotalCorrelation().estimate(codes: padded) == TotalCorrelation().estimate(codes: codes))
  }

  /// Lasso's optimum: each weight's residual correlation is ±α, or within α where it is 0.
  @Test func lassoMeetsItsConditions() {
    let generator = Generator(seed: 8)
    let x = Tensor.randn([200, 5], using: generator, dtype: .float64)
    let y = x[.all, 0..<1] - 0.5 * x[.all, 1..<2] + 0.3 * Tensor.randn([200, 1], using: generator)
    let weights = Lasso.weights(x, y, alpha: 0.1)
    let (inputs, targets) = (x - x.mean(dim: 0), y - y.mean(dim: 0))
    let slopes = matmul(inputs.transposed(0, 1), targets - matmul(inputs, weights)) / 200
    for place in 0..<5 {
      let (weight, slope) = (weights[place, 0].item(), slopes[place, 0].item())
      #expect(weight == 0 ? abs(slope) <= 0.1 + 1e-9 : abs(abs(slope) - 0.1) < 1e-9)
    }
    #expect(weights[0, 0].item() > 0.8 && weights[1, 0].item() < -0.3)
  }
}
