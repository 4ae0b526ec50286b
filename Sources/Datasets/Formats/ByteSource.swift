package import Torch

/// Bytes of known number that can be read at any place.
package protocol ByteSource: AnyObject {
  /// The file as it was named, for messages.
  var path: String { get }
  /// The number of bytes.
  var count: Int { get }
  /// Fills `buffer` from the bytes at `offset`; throws `FileError` if they end before.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws
}

extension InputFile: ByteSource {}

/// Bytes in memory that are read as a file is.
package final class MemoryBytes: ByteSource {
  package let path: String
  package let bytes: [UInt8]

  package init(_ bytes: [UInt8], path: String) {
    self.bytes = bytes
    self.path = path
  }

  package var count: Int { bytes.count }

  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws {
    guard offset >= 0, offset <= bytes.count, buffer.count <= bytes.count - offset else {
      throw FileError(
        path: path,
        problem: "ends early: expected \(buffer.count) bytes at \(offset), found \(bytes.count)",
        remedy: "the file is cut off; copy or download it again")
    }
    bytes.withUnsafeBytes {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + buffer.count]))
    }
  }
}
