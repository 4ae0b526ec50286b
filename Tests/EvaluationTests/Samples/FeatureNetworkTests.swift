import Datasets
import Evaluation
import Foundation
import Testing
import Torch
import _TestSupport

@Suite struct FeatureNetworkTests {
  /// Pictures of bars, upright or lying, with noise; labels on demand.
  private static func bars(_ count: Int, labelled: Bool, seed: UInt64) throws -> TensorDataset {
    let generator = Generator(seed: seed)
    let kinds = Tensor.randint(0..<2, [count], using: generator)
    let line = Tensor.zeros([1, 9, 8]).setting(1.0, at: 0, 4, .all)
    let upright = Tensor.zeros([1, 9, 8]).setting(1.0, at: 0, .all, 3)
    let clean = stacked([line, upright]).selected(kinds, dim: 0)
    let noisy = (clean * 0.8 + 0.2 * Tensor.rand([count, 1, 9, 8], using: generator))
    return try TensorDataset(
      name: "bars",
      schema: DatasetSchema(
        .greyImage, shape: [1, 9, 8], classNames: labelled ? ["lying", "upright"] : nil),
      examples: noisy, labels: labelled ? kinds : nil)
  }

  private static func withFolder(_ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "features-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test(arguments: [true, false]) func trainedOnceAndReadAgain(_ labelled: Bool) throws {
    try Self.withFolder { folder in
      let data = try Self.bars(200, labelled: labelled, seed: 1)
      let first = try FeatureNetwork(for: data, folder: folder, steps: 30)
      #expect(first.isClassifier == labelled)
      #expect(first.fingerprint.count == 6)
      let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(files.count == 1)
      let path = "\(folder)/\(files[0])"
      let written = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
      let again = try FeatureNetwork(for: data, folder: folder, steps: 30)
      #expect(again.fingerprint == first.fingerprint)
      let later = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
      #expect((written as? Date) == (later as? Date))
      let examples = try data.all().examples
      let features = try first.features(of: examples)
      #expect(features.shape == [200, 64] && features.dtype == .float64)
      #expect(features.isEqual(to: try again.features(of: examples)))
      // Trained anew elsewhere it is the same network.
      let elsewhere = try FeatureNetwork(for: data, folder: folder + "/other", steps: 30)
      #expect(elsewhere.fingerprint == first.fingerprint)
    }
  }

  @Test func damagedFilesAreTrainedAnew() throws {
    try Self.withFolder { folder in
      let data = try Self.bars(100, labelled: true, seed: 2)
      let first = try FeatureNetwork(for: data, folder: folder, steps: 5)
      let name = try FileManager.default.contentsOfDirectory(atPath: folder)[0]
      try Data("broken".utf8).write(to: URL(filePath: "\(folder)/\(name)"))
      #expect(
        try FeatureNetwork(for: data, folder: folder, steps: 5).fingerprint == first.fingerprint)
    }
  }

  /// In its features a set is near to fresh examples of its law and far from the other kind.
  @Test(arguments: [true, false]) func featuresTellLawsApart(_ labelled: Bool) throws {
    try Self.withFolder { folder in
      let data = try Self.bars(400, labelled: labelled, seed: 3)
      let network = try FeatureNetwork(for: data, folder: folder, steps: 100)
      let reference = try network.features(of: data.all().examples)
      let fresh = try network.features(
        of: Self.bars(400, labelled: false, seed: 4).all().examples)
      let noise = try network.features(of: Tensor.rand([400, 1, 9, 8], using: Generator(seed: 5)))
      let near = try frechetDistance(fresh, reference)
      #expect(near < 0.1 * (try frechetDistance(noise, reference)))
    }
  }

  @Test func vectorsHaveDenseLayers() throws {
    try Self.withFolder { folder in
      let data = try TensorDataset(
        name: "rows", schema: DatasetSchema(.vector, shape: [5]),
        examples: Tensor.randn([100, 5], using: Generator(seed: 6)))
      let network = try FeatureNetwork(for: data, folder: folder, steps: 5)
      #expect(try network.features(of: data.all().examples).shape == [100, 64])
      expectRefusal("examples of shape [5]") {
        _ = try network.features(of: Tensor.zeros([3, 6]))
      }
    }
  }

  @Test func fewExamplesAreRefused() throws {
    let data = try Self.bars(20, labelled: true, seed: 7)
    expectRefusal("at least 64 examples") { _ = try FeatureNetwork(for: data, folder: "/nowhere") }
  }
}
