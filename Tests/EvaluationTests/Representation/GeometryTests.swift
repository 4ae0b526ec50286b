import Evaluation
import Foundation
import Testing
import Torch
import _TestSupport

@Suite struct GeometryTests {
  /// Uniform points on the sphere of dimension d, turned into 20 dimensions.
  static func sphere(_ d: Int, count: Int, seed: UInt64) -> Tensor {
    let points = normal([count, d + 1], seed: seed)
    let surface = points / points.norm(dims: [1], keepDim: true)
    let frame = LinearAlgebra.qr(normal([20, d + 1], seed: seed + 1)).q
    return matmul(surface, frame.transposed())
  }

  @Test(arguments: [1, 2, 5, 8]) func spheresHaveTheirDimension(_ d: Int) throws {
    let points = Self.sphere(d, count: 2000, seed: 1)
    let expected = Double(d)
    let slack = Swift.max(0.1 * expected, 0.15)
    #expect(abs(try IntrinsicDimension.twoNN(points) - expected) < slack)
    #expect(abs(try IntrinsicDimension.maximumLikelihood(points) - expected) < slack)
  }

  @Test(arguments: [1, 2, 5]) func localComponentsCountTheDimension(_ d: Int) throws {
    let points = Self.sphere(d, count: 1500, seed: 2)
    let found = try IntrinsicDimension.localPCA(points, k: 30)
    #expect(abs(found - Double(d)) < 0.3)
  }

  @Test func repeatedPointsAreCountedOnce() throws {
    let points = Self.sphere(2, count: 500, seed: 3)
    let doubled = concatenated([points, points])
    #expect(
      try IntrinsicDimension.twoNN(doubled).rounded() == IntrinsicDimension.twoNN(points).rounded())
  }

  @Test func effectiveRankOfKnownSpreads() throws {
    // ±1 along each axis: the covariance is a multiple of the identity.
    let axes = concatenated([Tensor.eye(4, dtype: .float64), -1 * Tensor.eye(4, dtype: .float64)])
    let even = try EffectiveRank(axes)
    #expect(abs(even.effectiveRank - 4) < 1e-9 && abs(even.participationRatio - 4) < 1e-9)
    let line = try EffectiveRank(matmul(normal([50, 1], seed: 4), normal([1, 6], seed: 5)))
    #expect(abs(line.effectiveRank - 1) < 1e-6 && abs(line.participationRatio - 1) < 1e-9)
    // Singular values 2 and 1: exp(−⅔ ln ⅔ − ⅓ ln ⅓).
    let two = Tensor([[2.0, 0], [-2, 0], [0, 1], [0, -1]], dtype: .float64)
    let expected = exp(log(1.5) * 2 / 3 + log(3) / 3)
    #expect(abs(try EffectiveRank(two).effectiveRank - expected) < 1e-9)
  }

  @Test func isoScoreOfKnownSpreads() throws {
    let axes = concatenated([Tensor.eye(5, dtype: .float64), -1 * Tensor.eye(5, dtype: .float64)])
    #expect(abs(try isoScore(axes + 3) - 1) < 1e-9)
    let line = matmul(normal([50, 1], seed: 6), normal([1, 6], seed: 7))
    #expect(try isoScore(line) < 1e-6)
    // k of d directions used evenly: (k − 1)/(d − 1) (the paper's section 4).
    let some = concatenated([axes, Tensor.zeros([10, 4], dtype: .float64)], dim: 1)
    #expect(abs(try isoScore(some) - 4.0 / 8) < 1e-9)
    #expect(abs(try isoScore(some * 100) - 4.0 / 8) < 1e-9)
  }

  /// Uniform points on the circle: E exp(−2 · 2(1 − cos φ)) = e⁻⁴ I₀(4).
  @Test func uniformityOfTheCircle() throws {
    let angle = Tensor.arange(2000).to(.float64) * (2 * Double.pi / 2000)
    let points = stacked([cos(angle), sin(angle)], dim: 1)
    let expected = log(besselI0e(Tensor(4.0, dtype: .float64))).item()
    // The grid's own points are left out: 1/2000 of the mean.
    let whole = exp(expected)
    let without = log((whole * 2000 - 1) / 1999)
    #expect(abs(try AlignmentUniformity.uniformity(points) - without) < 1e-9)
  }

  @Test func alignmentOfKnownPairs() throws {
    let x = Tensor([[1.0, 0], [0, 2]], dtype: .float64)
    let y = Tensor([[3.0, 0], [1, 0]], dtype: .float64)
    #expect(abs(try AlignmentUniformity.alignment(x, y) - 1) < 1e-12)
    #expect(try AlignmentUniformity.alignment(x, x * 5) < 1e-12)
    let same = Tensor.ones([4, 3], dtype: .float64)
    #expect(abs(try AlignmentUniformity.uniformity(same)) < 1e-9)
  }

  @Test func codebooksCountTheirEntries() throws {
    let even = try CodebookUsage(entries: Tensor([[0, 1], [2, 3]]), size: 4)
    #expect(abs(even.perplexity - 4) < 1e-12 && even.dead.isEmpty)
    let one = try CodebookUsage(entries: Tensor([2, 2, 2]), size: 4)
    #expect(one.perplexity == 1 && one.dead == [0, 1, 3] && one.counts == [0, 0, 3, 0])
  }

  @Test func badCodesAreRefused() {
    let constant = Tensor.ones([30, 3], dtype: .float64)
    expectRefusal("different codes, found 1") { _ = try IntrinsicDimension.twoNN(constant) }
    expectRefusal("different codes") { _ = try IntrinsicDimension.maximumLikelihood(constant) }
    expectRefusal("codes that vary") { _ = try EffectiveRank(constant) }
    expectRefusal("codes that vary") { _ = try isoScore(constant) }
    expectRefusal("two columns") { _ = try isoScore(normal([9, 1], seed: 1)) }
    expectRefusal("row 0: expected a code that is not zero") {
      _ = try AlignmentUniformity.uniformity(constant - 1)
    }
    expectRefusal("whole numbers from 0 to 3") {
      _ = try CodebookUsage(entries: Tensor([0, 4]), size: 4)
    }
  }
}
