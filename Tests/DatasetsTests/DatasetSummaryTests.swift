import Datasets
import Foundation
import Testing
import Torch

@Suite struct DatasetSummaryTests {
  @Test func figuresAreThoseOfTheNumbers() throws {
    let set = try TensorDataset(
      name: "x", schema: DatasetSchema(.vector, shape: [2], classNames: ["a", "b", "c"]),
      examples: Tensor([[1, 2], [3, 4.5], [-1, 0.5]]), labels: Tensor([0, 2, 2]))
    let summary = try DatasetSummary(of: set)
    #expect(summary.count == 3 && summary.sampleCount == 3)
    #expect(summary.minimum == -1 && summary.maximum == 4.5)
    #expect(abs(summary.mean - 10.0 / 6) < 1e-12)
    // The squares sum to 35.5.
    #expect(abs(summary.standardDeviation - (35.5 / 6 - 100.0 / 36).squareRoot()) < 1e-12)
    #expect(summary.labelCounts == [1, 0, 2])
    #expect(summary.rows == ["1 2", "3 4.5", "-1 0.5"])
    #expect(summary.fingerprint == set.fingerprint)
    let written = try JSONEncoder().encode(summary)
    #expect(try JSONDecoder().decode(DatasetSummary.self, from: written) == summary)
  }

  @Test func largeSetsAreSampledEvenly() throws {
    let summary = try DatasetSummary(of: SpriteDataset(SpriteGrid(size: 16, positions: 8)))
    #expect(summary.count == 46_080 && summary.sampleCount == 10_000)
    let counts = try #require(summary.labelCounts)
    #expect(counts.reduce(0, +) == 10_000 && counts.allSatisfy { abs($0 - 3333) <= 1 })
    #expect(summary.minimum == 0 && summary.maximum == 1)
  }

  @Test func imagesHaveAContactSheetAndVectorsNone() throws {
    #expect(try DatasetSummary.contactSheet(of: Digits.load(), count: 5)?.shape == [5, 1, 8, 8])
    let points = try PointCloud.moons.dataset(count: 10, noise: 0, seed: 0)
    #expect(try DatasetSummary.contactSheet(of: points) == nil)
  }
}
