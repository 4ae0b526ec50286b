import Datasets
import Testing
import Torch
import _TestSupport

@Suite struct StreamedDatasetTests {
  private let bytes = (0..<600).map { UInt8($0 % 256) }

  /// The same 50 rows of 12 bytes from a file and from memory.
  private func pair() throws -> (streamed: StreamedDataset, held: TensorDataset) {
    let schema = DatasetSchema(.greyImage, shape: [1, 3, 4], range: 0...1, classNames: ["a", "b"])
    let labels = Tensor((0..<50).map { $0 % 2 })
    let source = RecordFile(
      memory([9, 9] + bytes), start: 2, stride: 12, count: 50, rowShape: [3, 4], dtype: .uint8)
    let held = bytes.withUnsafeBytes { Tensor(bytes: $0, shape: [50, 1, 3, 4], dtype: .uint8) }
    return (
      StreamedDataset(name: "s", schema: schema, source: source, divisor: 255, labels: labels),
      try TensorDataset(name: "t", schema: schema, examples: held, divisor: 255, labels: labels)
    )
  }

  @Test(arguments: [[0], [49, 3, 4, 5, 3], [7, 6, 5], []]) func batchesAreThoseOfMemory(
    indices: [Int]
  ) throws {
    let (streamed, held) = try pair()
    let (a, b) = (try streamed.batch(indices), try held.batch(indices))
    #expect(a.examples.isEqual(to: b.examples) && a.examples.shape == b.examples.shape)
    #expect(a.labels?.scalars(as: Int.self) == b.labels?.scalars(as: Int.self))
  }

  @Test func soIsTheFingerprint() throws {
    let (streamed, held) = try pair()
    #expect(try streamed.fingerprint == held.fingerprint)
  }

  @Test func aFieldOfLongerRecordsIsRead() throws {
    let source = RecordFile(
      memory(bytes), start: 0, stride: 6, field: 2, count: 100, rowShape: [2], dtype: .uint8)
    #expect(try source.rows([1, 0]).scalars(as: Int.self) == [8, 9, 2, 3])
  }

  @Test func aFileThatShrinksIsNamed() throws {
    let source = RecordFile(
      memory(bytes, "x.npy"), start: 0, stride: 12, count: 51, rowShape: [12], dtype: .uint8)
    #expect(throws: FileError.self) { try source.rows([50]) }
  }
}
