import Distributions
import Evaluation
import Testing
import Torch
import _TestSupport

@Suite struct SimilarityTests {
  /// Codes, and the same rotated, scaled and moved.
  static func pair(_ count: Int = 200) -> (Tensor, Tensor) {
    let codes = normal([count, 5], seed: 1) * Tensor([3.0, 2, 1, 1, 0.5], dtype: .float64)
    let rotation = LinearAlgebra.qr(normal([5, 5], seed: 2)).q
    return (codes, matmul(codes, rotation) * 2.5 + 1)
  }

  @Test func linearCKAEqualsRecorded() throws {
    let data = try RecordedCodes()
    let (x, y) = (try data.tensor("codes"), try data.tensor("other"))
    let biased = try centredKernelAlignment(x, y, estimator: .biased)
    let unbiased = try centredKernelAlignment(x, y)
    #expect(abs(biased - (try data.number("cka.biased"))) < 1e-9)
    #expect(abs(unbiased - (try data.number("cka.unbiased"))) < 1e-9)
  }

  @Test func canonicalCorrelationsEqualRecorded() throws {
    let data = try RecordedCodes()
    let found = try SVCCA(data.tensor("codes"), data.tensor("other"), variance: 1)
    expectClose(
      Tensor(found.correlations, dtype: .float64), try data.tensor("cca"), relative: 1e-5)
    #expect(found.kept == [6, 9])
  }

  @Test func procrustesEqualsRecorded() throws {
    let data = try RecordedCodes()
    let found = try procrustesDistance(data.tensor("codes"), data.tensor("other"))
    #expect(abs(found - (try data.number("procrustes"))) < 1e-9)
  }

  @Test func rotationAndScaleChangeNothing() throws {
    let (x, y) = Self.pair()
    for kernel in [CKAKernel.linear, .gaussian()] {
      #expect(abs(try centredKernelAlignment(x, y, kernel: kernel) - 1) < 1e-9)
    }
    #expect(abs(try SVCCA(x, y, variance: 1).mean - 1) < 1e-9)
    #expect(try procrustesDistance(x, y) < 1e-9)
    let relative = try RelativeSimilarity(x, y, anchors: Array(0..<50))
    #expect(abs(relative.cosine - 1) < 1e-9)
    #expect(relative.retrieval == 1 && relative.jaccard == 1)
  }

  /// Unrelated codes: the debiased alignment is near 0 where the biased one is not.
  @Test func unrelatedCodesAreUnlike() throws {
    let (x, y) = (normal([60, 40], seed: 3), normal([60, 40], seed: 4))
    #expect(try centredKernelAlignment(x, y, estimator: .biased) > 0.3)
    #expect(abs(try centredKernelAlignment(x, y)) < 0.1)
    #expect(try procrustesDistance(x, y) > 0.2)
    let relative = try RelativeSimilarity(x, y, anchors: Array(0..<20))
    #expect(relative.retrieval < 0.2 && abs(relative.cosine) < 0.2)
  }

  @Test func directionsWithoutVarianceAreLeftOut() throws {
    let (x, y) = Self.pair()
    let noisy = concatenated([x, 1e-3 * normal([200, 3], seed: 5)], dim: 1)
    let found = try SVCCA(noisy, y)
    #expect(found.kept[0] <= 5)
    #expect(found.mean > 0.999)
  }

  @Test func badPairsAreRefused() {
    let x = normal([20, 3], seed: 6)
    let constant = Tensor.ones([20, 2], dtype: .float64)
    expectRefusal("as many rows") { _ = try centredKernelAlignment(x, x[0..<10]) }
    expectRefusal("second codes: expected codes that vary") {
      _ = try centredKernelAlignment(x, constant)
    }
    expectRefusal("codes that vary") { _ = try SVCCA(x, constant) }
    expectRefusal("codes that vary") { _ = try procrustesDistance(constant, x) }
    expectRefusal("more examples than") {
      _ = try SVCCA(normal([12, 8], seed: 1), normal([12, 8], seed: 2), variance: 1)
    }
    expectRefusal("different anchors") {
      _ = try RelativeSimilarity(x, x, anchors: [1, 1])
    }
  }
}
