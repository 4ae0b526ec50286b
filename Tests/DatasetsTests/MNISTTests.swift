import Datasets
import Foundation
import Testing
import Torch

@Suite struct MNISTTests {
  /// Writes the four files with `train` and `test` images of 2 × 3 pixels.
  private func write(_ folder: TemporaryFolder, train: Int, test: Int) throws {
    for (prefix, count) in [("train", train), ("t10k", test)] {
      let images = (0..<count * 6).map { UInt8($0 % 256) }
      let labels = (0..<count).map { UInt8($0 % 10) }
      try folder.write(
        [0, 0, 8, 3, 0, 0, 0, UInt8(count), 0, 0, 0, 2, 0, 0, 0, 3] + images,
        "mnist/\(prefix)-images-idx3-ubyte")
      try folder.write(
        [0, 0, 8, 1, 0, 0, 0, UInt8(count)] + labels, "mnist/\(prefix)-labels-idx1-ubyte")
    }
  }

  @Test func theFourFilesMakeTrainAndTest() throws {
    let folder = try TemporaryFolder()
    try write(folder, train: 9, test: 4)
    let splits = try DatasetRegistry.open("mnist", dataFolder: folder.path)
    #expect(splits.train.count == 9 && splits.validation == nil)
    #expect(splits.train.schema.exampleShape == [1, 2, 3])
    #expect(splits.train.schema.classCount == 10)
    let batch = try splits.train.batch([1])
    #expect((batch.examples * 255).scalars(as: Int.self) == [6, 7, 8, 9, 10, 11])
    #expect(batch.labels?.scalars(as: Int.self) == [1])
    #expect(try splits.test().count == 4)
  }

  @Test func validationIsTheEndOfTheTrainingPart() throws {
    let folder = try TemporaryFolder()
    try write(folder, train: 9, test: 4)
    let splits = try DatasetRegistry.open(
      "mnist", plan: SplitPlan(validation: 2), dataFolder: folder.path)
    #expect(splits.train.count == 7)
    #expect(try splits.validation?.all().labels?.scalars(as: Int.self) == [7, 8])
  }

  @Test func aMissingOrForeignFileIsNamed() throws {
    let folder = try TemporaryFolder()
    try write(folder, train: 9, test: 4)
    let labels = "\(folder.path)/mnist/train-labels-idx1-ubyte"
    try folder.write([0, 0, 8, 1, 0, 0, 0, 2, 1, 1], "mnist/train-labels-idx1-ubyte")
    #expect {
      try DatasetRegistry.open("mnist", dataFolder: folder.path)
    } throws: { "\($0)" == "\(labels): expected 9 labels, found [2]" }
    try FileManager.default.removeItem(atPath: labels)
    #expect {
      try DatasetRegistry.open("mnist", dataFolder: folder.path)
    } throws: {
      "\($0)" == "\(labels): expected this file or the same with .gz, found neither"
    }
  }

  @Test(.enabled(if: PublicData.has("mnist"))) func thePublishedFilesAreRead() throws {
    let splits = try DatasetRegistry.open("mnist")
    #expect(splits.train.count == 60_000)
    let labels = try #require(try splits.train.batch(Array(0..<60_000)).labels)
    let counts = labels.oneHot(classes: 10).sum(dim: 0).scalars(as: Int.self)
    #expect(counts == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
    #expect(try splits.test().count == 10_000)
  }
}
