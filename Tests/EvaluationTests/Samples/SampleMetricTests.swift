import Evaluation
import Foundation
import Testing
import Torch
import _TestSupport

@Suite struct SampleMetricTests {
  private static func recorded(_ name: String) throws -> Tensor {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = try Safetensors(path: folder.path + "/Goldens/samples.safetensors")
    return try #require(file.tensors[name])
  }

  @Test func frechetEqualsSciPy() throws {
    let found = try frechetDistance(Self.recorded("samples"), Self.recorded("reference"))
    let expected = try Self.recorded("frechet").item()
    #expect(abs(found - expected) < 1e-6 * expected)
    // SciPy's root of a singular product carries an error of its own.
    let few = try frechetDistance(Self.recorded("few.0"), Self.recorded("few.1"))
    let expectedFew = try Self.recorded("few.frechet").item()
    #expect(abs(few - expectedFew) < 1e-3 * expectedFew)
  }

  /// Diagonal covariances: ‖μ − μ′‖² + Σ (σ − σ′)².
  @Test func frechetOfNormalLawsIsItsClosedForm() throws {
    let (a, b) = (Tensor([1.0, 4, 9], dtype: .float64), Tensor([4.0, 1, 9], dtype: .float64))
    let turn = LinearAlgebra.qr(normal([3, 3], seed: 1)).q
    func law(_ mean: Double, _ variances: Tensor) -> (mean: Tensor, covariance: Tensor) {
      let covariance = matmul(turn * variances, turn.transposed())
      return (Tensor([mean, 0, 0], dtype: .float64), covariance)
    }
    #expect(abs(frechetDistance(law(0, a), law(2, b)) - (4 + 1 + 1)) < 1e-9)
    #expect(frechetDistance(law(1, a), law(1, a)) < 1e-9)
    // Large samples of these laws.
    let x = normal([40000, 3], seed: 2) * sqrt(a)
    let y = normal([40000, 3], seed: 3) * sqrt(b) + Tensor([2.0, 0, 0], dtype: .float64)
    #expect(abs(try frechetDistance(x, y) - 6) < 0.15)
  }

  @Test func kernelDistanceEqualsRecorded() throws {
    let (x, y) = (try Self.recorded("samples"), try Self.recorded("reference"))
    let found = try kernelDistance(x, y)
    #expect(abs(found.value - (try Self.recorded("kernel").item())) < 1e-9)
    #expect(found.interval[0] < found.value && found.value < found.interval[1])
    #expect(try kernelDistance(x, y, blockSize: 250).interval.isEmpty)
  }

  /// Unbiased: the mean over pairs of samples of one law is zero, at any size.
  @Test func kernelDistanceOfOneLawIsZeroInTheMean() throws {
    let draws = try (0..<200 as Range<UInt64>).map { seed -> Double in
      let (x, y) = (normal([25, 3], seed: 2 * seed), normal([25, 3], seed: 2 * seed + 1))
      return try kernelDistance(x, y).value
    }
    let ends = Estimate(of: draws, unit: "")
    // Twice the half width of the 95 % interval: four standard errors.
    #expect(Swift.abs(ends.value) < ends.interval[1] - ends.interval[0])
  }

  @Test func coverageEqualsRecorded() throws {
    let found = try SampleCoverage(Self.recorded("samples"), Self.recorded("reference"))
    #expect(abs(found.precision - (try Self.recorded("precision").item())) < 1e-12)
    #expect(abs(found.recall - (try Self.recorded("recall").item())) < 1e-12)
    #expect(abs(found.density - (try Self.recorded("density").item())) < 1e-12)
    #expect(abs(found.coverage - (try Self.recorded("coverage").item())) < 1e-12)
  }

  /// One of two modes: faithful samples that miss half of the law; and samples from nowhere.
  @Test func droppedModesCostRecallAndStraySamplesPrecision() throws {
    let left = normal([200, 2], seed: 4)
    let right = normal([200, 2], seed: 5) + 30
    let reference = concatenated([left, right])
    let dropped = try SampleCoverage(normal([400, 2], seed: 6), reference)
    #expect(dropped.precision > 0.9 && dropped.recall < 0.55 && dropped.coverage < 0.55)
    let stray = try SampleCoverage(
      concatenated([reference + 0.01, normal([400, 2], seed: 7) - 500]), reference)
    #expect(stray.precision < 0.55 && stray.coverage > 0.9)
    // Equal laws: density 1 in the mean.
    let same = try SampleCoverage(normal([1000, 4], seed: 8), normal([1000, 4], seed: 9))
    #expect(abs(same.density - 1) < 0.1 && same.coverage > 0.9)
  }

  @Test func copiesAreFoundAndFreshSamplesAreNot() throws {
    let train = normal([300, 5], seed: 10)
    let heldOut = normal([200, 5], seed: 11)
    let fresh = try Memorisation(
      samples: normal([200, 5], seed: 12), train: train, heldOut: heldOut)
    #expect(abs(fresh.ratio - 1) < 0.1 && fresh.pValue > 0.01 && fresh.copies < 0.05)
    let copied = try Memorisation(
      samples: train[0..<200] + 0.01 * normal([200, 5], seed: 13), train: train, heldOut: heldOut)
    #expect(copied.ratio < 0.1 && copied.pValue < 1e-6 && copied.copies > 0.9)
    #expect(copied.probability > 0.99)
    let half = try Memorisation(
      samples: concatenated([train[0..<50], normal([150, 5], seed: 14)]), train: train,
      heldOut: heldOut)
    #expect(half.pValue < 1e-3)
  }

  /// Without copying the p-value is uniform: below 5 % in about 5 of 100.
  @Test func theTestIsRightAsOftenAsItSays() throws {
    var hits = 0
    for index in 0..<200 as Range<UInt64> {
      let seed = 1000 + 3 * index
      let found = try Memorisation(
        samples: normal([30, 2], seed: seed), train: normal([40, 2], seed: seed + 1),
        heldOut: normal([30, 2], seed: seed + 2))
      hits += found.pValue < 0.05 ? 1 : 0
    }
    #expect(hits <= 22)
  }

  @Test func badSamplesAreRefused() {
    let x = normal([30, 3], seed: 15)
    expectRefusal("of one width") { _ = try frechetDistance(x, normal([30, 4], seed: 1)) }
    expectRefusal("at least 2 examples") { _ = try frechetDistance(x[0..<1], x) }
    expectRefusal("row 2, column 0") { _ = try kernelDistance(x, x.setting(Double.nan, at: 2, 0)) }
    expectRefusal("at least 6 examples") { _ = try SampleCoverage(x[0..<5], x) }
    expectRefusal("at least 20 examples") {
      _ = try Memorisation(samples: x[0..<10], train: x, heldOut: x)
    }
  }
}
