import Datasets
import Testing
import Torch

@Suite struct CIFARTests {
  private func records(_ labels: [UInt8]) -> [UInt8] {
    labels.flatMap { [$0] + (0..<3072).map { UInt8($0 % 251) } }
  }

  @Test func aRecordIsALabelAndThreePlanes() throws {
    let (images, labels) = try CIFARBinary.open(memory(records([3, 9])))
    #expect(labels.scalars(as: Int.self) == [3, 9])
    let rows = try images.rows([1])
    #expect(rows.shape == [1, 3, 32, 32])
    #expect(rows[0, 1, 2, 3].integerItem() == (1024 + 2 * 32 + 3) % 251)
  }

  @Test func aWrongLengthOrLabelIsRefused() {
    #expect {
      try CIFARBinary.open(memory([1, 2, 3], "x.bin"))
    } throws: {
      "\($0)" == "x.bin: is no CIFAR-10 binary file: "
        + "expected a whole number of records of 3073 bytes, found 3 bytes"
    }
    #expect {
      try CIFARBinary.open(memory(records([3, 10]), "x.bin"))
    } throws: {
      "\($0)" == "x.bin: is no CIFAR-10 binary file: expected labels from 0 to 9, found 10"
    }
  }

  @Test func noMutationCrashes() {
    expectOnlyRefusals(mutating: records([1, 2]), count: 1000) { try CIFARBinary.open(memory($0)) }
  }

  @Test(.enabled(if: PublicData.has("cifar10"))) func thePublishedFilesAreRead() throws {
    let splits = try DatasetRegistry.open("cifar10")
    let labels = try #require(try splits.train.all().labels)
    let counts = labels.oneHot(classes: 10).sum(dim: 0).scalars(as: Int.self)
    #expect(Set(counts).count == 1 && splits.train.schema.classNames?.first == "airplane")
    #expect(splits.train.name == (splits.train.count < 50_000 ? "cifar10 subset" : "cifar10"))
  }
}
