import Datasets
import Testing
import Torch

@Suite struct IDXTests {
  /// The head and elements of a file with this type code.
  private func file(_ type: UInt8, _ sizes: [UInt8], _ elements: [UInt8]) -> [UInt8] {
    [0, 0, type, UInt8(sizes.count)] + sizes.flatMap { [0, 0, 0, $0] } + elements
  }

  private func read(_ bytes: [UInt8]) throws -> Tensor {
    try IDX.read(MemoryBytes(bytes, path: "x.idx"))
  }

  @Test func everyTypeIsReadBigEndian() throws {
    let cases: [(UInt8, [UInt8], DType, [Double])] = [
      (0x08, [1, 255], .uint8, [1, 255]),
      (0x09, [1, 255], .int32, [1, -1]),
      (0x0B, [1, 2, 255, 254], .int32, [258, -2]),
      (0x0C, [0, 1, 0, 2, 255, 255, 255, 253], .int32, [65538, -3]),
      (0x0D, [0x3F, 0x80, 0, 0, 0xC0, 0x20, 0, 0], .float32, [1, -2.5]),
      (
        0x0E, [0x3F, 0xF0, 0, 0, 0, 0, 0, 0, 0xC0, 0x04, 0, 0, 0, 0, 0, 0], .float64, [1, -2.5]
      ),
    ]
    for (type, elements, dtype, expected) in cases {
      let tensor = try read(file(type, [2, 1], elements))
      #expect(tensor.shape == [2, 1])
      #expect(tensor.dtype == dtype)
      #expect(tensor.scalars(as: Double.self) == expected)
    }
  }

  @Test(
    arguments: [
      ([1, 2, 3, 4], "is no IDX file: expected 00 00 and a type from 08 to 0E, found 01 02 03"),
      ([0, 0, 8, 0], "is no IDX file: expected 1 to 8 dimensions, found 0"),
      ([0, 0], "ends early: expected 4 bytes of head, found 2"),
      (
        [0, 0, 8, 2, 255, 255, 255, 255, 255, 255, 255, 255, 1],
        "is no IDX file: its sizes [4294967295, 4294967295] are impossible"
      ),
      (
        [0, 0, 8, 2, 0, 0, 1, 0, 0, 0, 1, 0, 1],
        "is no IDX file: its sizes [256, 256] need 65536 bytes, which a file of 13 cannot hold"
      ),
      ([0, 0, 8, 1, 0, 0, 0, 1, 7, 7], "has more bytes than its head announces"),
    ] as [([UInt8], String)]) func brokenFilesAreRefusedWithTheReason(bytes: [UInt8], why: String)
  {
    #expect {
      try read(bytes)
    } throws: { ($0 as? FileError)?.problem == why }
  }

  @Test func noMutationCrashes() throws {
    let whole = file(0x0B, [3, 5], [UInt8](repeating: 7, count: 30))
    expectOnlyRefusals(mutating: whole, count: 3000) { try read($0) }
  }
}
