import FoundationEssentials
import Torch

/// What a folder's own record has in common with all others: a layout, and the version that wrote it.
protocol FolderRecord: Codable {
  /// The layout that this version reads and writes.
  static var format: Int { get }
  /// The layout of this record.
  var format: Int { get }
  /// The version of the package that wrote it.
  var version: String { get }
}

extension FolderRecord {
  /// Reads the record of a `what`; throws `FileError` for a file that is none or is not plausible, with what is still
  /// `untouched`, and for another layout.
  static func read(
    _ path: String, what: String, untouched: String, where isPlausible: (Self) -> Bool
  ) throws -> Self {
    let bytes = Data(try InputFile(path).all())
    guard let record = try? JSONDecoder().decode(Self.self, from: bytes), isPlausible(record) else {
      throw FileError(
        path: path, problem: "is no record of a \(what)",
        remedy: "restore the file from a copy; \(untouched) are untouched")
    }
    guard record.format == Self.format else {
      throw FileError(
        path: path, problem: "expected the layout \(Self.format), found \(record.format)",
        remedy: "use the version \(record.version) of the package that made the \(what)")
    }
    return record
  }
}

/// Files of JSON as folders have them: with line breaks, keys in order.
enum JSONFile {
  /// Replaces a file in one piece; throws `FileError`.
  static func write<Value: Encodable>(_ value: Value, to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write([UInt8](try encoder.encode(value)) + [0x0A], to: path)
  }
}
