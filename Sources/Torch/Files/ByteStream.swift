/// Bytes that are read once, from the first to the last: a file, or an entry of an archive.
protocol ByteStream: AnyObject {
  /// What messages name: the file, and the entry if there is one.
  var name: String { get }
  /// The bytes that are still to come.
  var remaining: Int { get }
  /// Fills `buffer` with the next bytes; throws `FileError` if there are fewer.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws
}

extension ByteStream {
  /// The next `count` bytes; throws `FileError` before allocating if they are not there.
  func next(_ count: Int) throws -> [UInt8] {
    guard count <= remaining else {
      throw FileError(
        path: name, problem: "ends early: expected \(count) further bytes, found \(remaining)",
        remedy: "the file is cut off; copy or download it again")
    }
    return try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      try read(into: UnsafeMutableRawBufferPointer(buffer))
      initialized = count
    }
  }
}

/// A stretch of a file as a stream.
final class FileStream: ByteStream {
  let name: String
  private let file: InputFile
  private var offset: Int
  private(set) var remaining: Int

  /// The `count` bytes at `offset`, which the caller knows to lie in the file.
  init(_ file: InputFile, offset: Int, count: Int, name: String? = nil) {
    self.file = file
    self.offset = offset
    self.remaining = count
    self.name = name ?? file.path
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws {
    try file.read(into: buffer, at: offset)
    offset += buffer.count
    remaining -= buffer.count
  }
}
