package import Torch

/// Rows of equal shape that are fetched from a file when they are asked for.
package protocol RowSource: AnyObject {
  /// The file behind the rows, for messages.
  var path: String { get }
  /// The number of rows.
  var count: Int { get }
  /// The shape of a row.
  var rowShape: [Int] { get }
  /// The type of the stored elements.
  var dtype: DType { get }
  /// The rows [n] + `rowShape` with these valid indices; throws `FileError`.
  func rows(_ indices: [Int]) throws -> Tensor
}

extension RowSource {
  /// All rows, in pieces of about 16 MB, in order.
  func forEachBlock(_ body: (Tensor) throws -> Void) throws {
    let bytes = max(1, rowShape.reduce(dtype.byteCount, *))
    let block = max(1, (16 << 20) / bytes)
    for start in stride(from: 0, to: count, by: block) {
      try body(rows(Array(start..<min(start + block, count))))
    }
  }
}

/// Records of one length in a file, of each of which one field is a row.
///
/// Rows are read with `pread`, neighbours at once, so that only a batch is ever in memory.
package final class RecordFile: RowSource {
  package let path: String
  package let count: Int
  package let rowShape: [Int]
  package let dtype: DType
  private let file: any ByteSource
  private let start: Int
  private let stride: Int
  private let width: Int

  /// `count` records of `stride` bytes from `start`, which the caller knows to lie in the file;
  /// the field begins at `field` in each.
  package init(
    _ file: any ByteSource, start: Int, stride: Int, field: Int = 0, count: Int, rowShape: [Int],
    dtype: DType
  ) {
    self.path = file.path
    self.file = file
    self.start = start + field
    self.stride = stride
    self.count = count
    self.rowShape = rowShape
    self.dtype = dtype
    self.width = rowShape.reduce(dtype.byteCount, *)
  }

  package func rows(_ indices: [Int]) throws -> Tensor {
    let bytes = try [UInt8](unsafeUninitializedCapacity: indices.count * width) { buffer, filled in
      var place = 0
      while place < indices.count {
        let run = runLength(indices, from: place)
        let target = buffer[place * width..<(place + run) * width]
        try file.read(
          into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: target)),
          at: start + indices[place] * stride)
        place += run
      }
      filled = indices.count * width
    }
    return bytes.withUnsafeBytes {
      Tensor(bytes: $0, shape: [indices.count] + rowShape, dtype: dtype)
    }
  }

  /// How many rows from `place` on lie next to each other in the file.
  private func runLength(_ indices: [Int], from place: Int) -> Int {
    guard stride == width else { return 1 }
    var run = 1
    while place + run < indices.count, indices[place + run] == indices[place] + run { run += 1 }
    return run
  }
}
