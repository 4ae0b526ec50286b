import Testing
import Torch
import _TestSupport

/// Gradients through each family of operators against difference quotients in float64.
@Suite struct OperatorGradientTests {
  static func random(_ shape: [Int], seed: UInt64) -> Tensor {
    Tensor.randn(shape, using: Generator(seed: seed), dtype: .float64)
  }

  /// Differentiates Σ w · f(x) with fixed weights w, so that no symmetry hides an error.
  static func check(
    _ name: String, at x: Tensor, tolerance: Double = 1e-6, _ function: (Tensor) -> Tensor
  ) {
    let weights = random(withoutGradients { function(x) }.shape, seed: 77)
    expectGradientsMatchDifferences(at: [x], tolerance: tolerance, name) {
      (function($0[0]) * weights).sum()
    }
  }

  @Test func selection() {
    let x = Self.random([3, 4], seed: 1)
    let index = Tensor([[0, 2, 1, 0], [1, 1, 0, 2]], dtype: .int64)
    Self.check("gather", at: x) { $0.gathered(index, dim: 0) }
    Self.check("scatterAdd", at: x) { $0.scatterAdding(2 * $0[..<2], at: index, dim: 0) }
    Self.check("indexAdd", at: x) { $0.indexAdding($0, at: Tensor([2, 0, 2]), dim: 0) }
    Self.check("sorted", at: x) { $0.sorted().values }
    Self.check("top", at: x) { $0.top(2).values }
    Self.check("where", at: x) { squared($0).replacing(with: $0, where: x .> 0) }
    Self.check("mask", at: x) { squared($0)[x .> 0] }
    Self.check("clamped", at: x) { $0.clamped(min: -0.3, max: 0.4) }
  }

  @Test func shapesAndReductions() {
    let x = Self.random([3, 4], seed: 2)
    Self.check("reflect", at: x) { $0.unsqueezed(dim: 0).padded([2, 1], mode: .reflect) }
    Self.check("windows", at: x) { $0.windows(dim: 1, size: 3, step: 1) }
    Self.check("cumulativeProduct", at: x) { $0.cumulativeProduct(dim: 1) }
    Self.check("cumulativeLogSumExp", at: x) { $0.cumulativeLogSumExp(dim: 1) }
    Self.check("variance", at: x) { $0.variance(dims: [1]) }
    Self.check("norm", at: x) { $0.norm(3, dims: [1]) }
    Self.check("max", at: x) { $0.max(dims: [0]) }
    Self.check("median", at: x) { $0.medianWithIndices(dim: 1).values }
    Self.check("distances", at: x, tolerance: 1e-5) { pairwiseDistances($0, 2 * x) }
    Self.check("covariance", at: x) { $0.covariance() }
  }

  @Test func images() {
    let x = Self.random([1, 2, 4, 4], seed: 3)
    Self.check("maxPool", at: x) { maxPool($0, size: [2, 2]) }
    Self.check("averagePool", at: x) { averagePool($0, size: [3, 3], stride: [1, 1]) }
    Self.check("adaptive", at: x) { adaptiveAveragePool($0, size: [3, 2]) }
    Self.check("linear", at: x) { interpolated($0, size: [7, 5]) }
    Self.check("cubic", at: x) { interpolated($0, size: [7, 5], mode: .cubic) }
    let theta = Tensor([[0.8, 0.2, 0.1], [-0.1, 0.9, 0.05]], dtype: .float64)
    Self.check("grid", at: theta, tolerance: 1e-5) {
      gridSampled(x, grid: affineGrid($0.unsqueezed(dim: 0), size: [3, 3]))
    }
    Self.check("shuffle", at: x.reshaped([1, 8, 2, 2])) { $0.pixelShuffled(2) }
    Self.check("attention", at: x) {
      scaledDotProductAttention(query: $0, key: 2 * $0, value: sin($0), causal: true)
    }
  }

  @Test func losses() {
    let x = Self.random([3, 4], seed: 4)
    let targets = Tensor([1, 3, 0])
    let soft = sigmoid(Self.random([3, 4], seed: 5))
    Self.check("crossEntropy", at: x) {
      crossEntropy(logits: $0, targets: targets, smoothing: 0.1, reduction: .none)
    }
    Self.check("binary", at: x) { binaryCrossEntropy(logits: $0, targets: soft) }
    Self.check("huber", at: x) { huberLoss($0, soft, reduction: .none) }
    Self.check("poisson", at: x) { poissonLoss(logRates: $0, counts: soft) }
    Self.check("divergence", at: x) {
      divergenceTerm(logProbabilities: logSoftmax($0), targets: soft)
    }
  }
}
