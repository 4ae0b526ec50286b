import Torch

/// The bytes of a file one after another, decompressed on the way if it is a gzip file.
package final class ByteStream {
  /// The file as it was named.
  package var path: String { file.path }
  /// The length of the file itself, compressed or not.
  package var fileSize: Int { file.count }
  private let file: any ByteSource
  private let unpacked: GzipStream?
  private var offset = 0

  /// Opens a file; one that begins with gzip's mark 1F 8B is decompressed.
  package convenience init(_ path: String) throws { try self.init(InputFile(path)) }

  /// The bytes of `file`, decompressed if they begin with gzip's mark.
  package init(_ file: any ByteSource) throws {
    self.file = file
    var mark: [UInt8] = [0, 0]
    if file.count >= 2 { try mark.withUnsafeMutableBytes { try file.read(into: $0, at: 0) } }
    unpacked = mark == [0x1F, 0x8B] ? GzipStream(file) : nil
  }

  /// Whether the file is compressed.
  package var isCompressed: Bool { unpacked != nil }

  /// Fills as much of `buffer` as there are bytes left; 0 at the end.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    if let unpacked { return try unpacked.read(into: buffer) }
    let count = min(buffer.count, file.count - offset)
    try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]), at: offset)
    offset += count
    return count
  }

  /// The next `count` bytes.
  ///
  /// Memory grows with what really arrives, so a false length costs no more than the file holds.
  /// Throws `FileError` if the stream ends before, naming what was read as `what`.
  package func bytes(_ count: Int, _ what: String) throws -> [UInt8] {
    var result: [UInt8] = []
    var piece = min(count, max(1 << 16, isCompressed ? 0 : file.count - offset))
    while result.count < count {
      piece = min(piece, count - result.count)
      let start = result.count
      let got = try [UInt8](unsafeUninitializedCapacity: piece) { buffer, initialized in
        initialized = try read(into: UnsafeMutableRawBufferPointer(buffer))
      }
      guard !got.isEmpty else { throw endsEarly(what, expected: count, found: start) }
      if result.isEmpty { result = got } else { result += got }
      piece = max(piece, result.count)
    }
    return result
  }

  /// Fills all of `buffer` with the next bytes; throws as `bytes` does.
  package func fill(_ buffer: UnsafeMutableRawBufferPointer, _ what: String) throws {
    let found = try read(into: buffer)
    guard found == buffer.count else {
      throw endsEarly(what, expected: buffer.count, found: found)
    }
  }

  private func endsEarly(_ what: String, expected: Int, found: Int) -> FileError {
    FileError(
      path: path, problem: "ends early: expected \(expected) bytes of \(what), found \(found)",
      remedy: "the file is cut off; copy or download it again")
  }

  /// Throws `FileError` if there are bytes left.
  package func expectEnd() throws {
    var byte: UInt8 = 0
    let left = try withUnsafeMutableBytes(of: &byte) { try read(into: $0) }
    guard left == 0 else {
      throw FileError(
        path: path, problem: "has more bytes than its head announces",
        remedy: "check that it is one whole file and nothing more")
    }
  }
}
