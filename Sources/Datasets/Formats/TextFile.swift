import Torch

/// Text files in UTF-8, plain or compressed with gzip.
package enum TextFile {
  /// Larger texts are refused.
  static let limit = 1 << 30

  /// The lines without their ends; a last empty line does not count.
  ///
  /// Throws `FileError` for bytes that are no UTF-8, naming the line, and for a text above 1 GB.
  package static func lines(_ path: String) throws -> [String] { try lines(InputFile(path)) }

  package static func lines(_ file: any ByteSource) throws -> [String] {
    let bytes = try contents(file)
    var result: [String] = []
    for piece in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      let line = piece.last == UInt8(ascii: "\r") ? piece.dropLast() : piece
      guard let text = String(validating: line, as: UTF8.self) else {
        throw FileError(
          path: file.path, problem: "line \(result.count + 1): expected UTF-8, found other bytes",
          remedy: "convert the file to UTF-8")
      }
      result.append(text)
    }
    if result.last == "" { result.removeLast() }
    return result
  }

  /// All bytes, decompressed if need be.
  static func contents(_ file: any ByteSource) throws -> [UInt8] {
    let stream = try ByteStream(file)
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: min(1 << 20, max(file.count, 4096)))
    while true {
      let got = try block.withUnsafeMutableBytes { try stream.read(into: $0) }
      guard got > 0 else { return bytes }
      bytes += block[..<got]
      guard bytes.count <= limit else {
        throw FileError(
          path: file.path, problem: "expected at most \(limit) bytes of text, found more",
          remedy: "split the file")
      }
    }
  }
}
