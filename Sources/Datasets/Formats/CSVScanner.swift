import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The fields of a table one after another, as bytes without quotes and surrounding spaces; empty
/// lines are passed over.
///
/// No row is ever held, so that a line of any length costs nothing beside the text.
struct CSVScanner {
  /// One field.
  struct Field {
    let bytes: ArraySlice<UInt8>
    /// Whether it is the last of its row.
    let endsRow: Bool
  }

  private let bytes: [UInt8]
  private let path: String
  private let separator: UInt8
  private var place = 0
  private var nextLine = 1
  /// Whether the next field begins a row, or follows a separator.
  private var isRowStart = true
  /// The line on which the present row began, from 1.
  private(set) var line = 0

  private static let newline = UInt8(ascii: "\n")
  private static let quote = UInt8(ascii: "\"")

  init(_ bytes: [UInt8], path: String) {
    // Excel writes the mark EF BB BF before UTF-8.
    self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    self.path = path
    let first = self.bytes.prefix { $0 != Self.newline }
    let choices = ",;\t".utf8.map { mark in (mark, first.count { $0 == mark }) }
    self.separator = choices.max { $0.1 < $1.1 }?.0 ?? UInt8(ascii: ",")
  }

  /// The next field; nil at the end.
  mutating func next() throws -> Field? {
    while place < bytes.count || !isRowStart {
      if isRowStart { line = nextLine }
      let field = try scanField()
      let endsRow = place == bytes.count || bytes[place] == Self.newline
      if place < bytes.count {
        place += 1
        if endsRow { nextLine += 1 }
      }
      defer { isRowStart = endsRow }
      if isRowStart, endsRow, field.isEmpty { continue }
      return Field(bytes: field, endsRow: endsRow)
    }
    return nil
  }

  /// One field; `place` is then at the separator, the line's end or the text's end.
  private mutating func scanField() throws -> ArraySlice<UInt8> {
    if place < bytes.count, bytes[place] == Self.quote { return try scanQuoted() }
    let start = place
    while place < bytes.count, bytes[place] != separator, bytes[place] != Self.newline {
      place += 1
    }
    return Self.trimmed(bytes[start..<place])
  }

  private mutating func scanQuoted() throws -> ArraySlice<UInt8> {
    var field: [UInt8] = []
    place += 1
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == Self.newline { nextLine += 1 }
      guard byte == Self.quote else {
        field.append(byte)
        continue
      }
      guard place < bytes.count, bytes[place] == Self.quote else {
        try expectFieldEnd()
        return field[...]
      }
      field.append(Self.quote)
      place += 1
    }
    throw bad("line \(line): a quote is not closed")
  }

  private mutating func expectFieldEnd() throws {
    while place < bytes.count, bytes[place] == 0x20 || bytes[place] == 0x0D { place += 1 }
    guard place == bytes.count || bytes[place] == separator || bytes[place] == Self.newline else {
      throw bad("line \(line): expected a separator after a closing quote, found more text")
    }
  }

  private static func trimmed(_ field: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0D || byte == 0x09 }
    var field = field
    while let last = field.last, isSpace(last) { field = field.dropLast() }
    while let first = field.first, isSpace(first) { field = field.dropFirst() }
    return field
  }

  /// A finite decimal number, or nil.
  static func number(_ field: ArraySlice<UInt8>) -> Float? {
    guard let small = smallInteger(field) else { return longNumber(field) }
    return small
  }

  /// The usual case, one to seven digits, without a call.
  private static func smallInteger(_ field: ArraySlice<UInt8>) -> Float? {
    guard (1...7).contains(field.count) else { return nil }
    var value: Int32 = 0
    for byte in field {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      value = value * 10 + Int32(byte - 0x30)
    }
    return Float(value)
  }

  private static func longNumber(_ field: ArraySlice<UInt8>) -> Float? {
    let allowed = field.allSatisfy { byte in
      (0x30...0x39).contains(byte) || "+-.eE".utf8.contains(byte)
    }
    guard allowed, !field.isEmpty, field.count <= 63 else { return nil }
    var text = [CChar](repeating: 0, count: field.count + 1)
    for (place, byte) in field.enumerated() { text[place] = CChar(byte) }
    var end: UnsafeMutablePointer<CChar>?
    return text.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return nil }
      let value = strtof(start, &end)
      return end == start + field.count && value.isFinite ? value : nil
    }
  }

  func bad(_ problem: String) -> FileError {
    FileError(path: path, problem: problem, remedy: "check that it is a table of numbers as text")
  }
}
