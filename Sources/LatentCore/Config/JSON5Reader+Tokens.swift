extension JSON5Reader {
  static func startsNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// Steps over white space and comments.
  mutating func skipSpace() throws(ConfigError) {
    while let byte = next {
      switch byte {
      case 0x09...0x0D, 0x20:
        position += 1
      case 0xC2 where bytes[position...].starts(with: [0xC2, 0xA0]):
        position += 2  // no-break space
      case UInt8(ascii: "/") where bytes[position...].starts(with: "//".utf8):
        while let byte = next, byte != 0x0A, byte != 0x0D { position += 1 }
      case UInt8(ascii: "/") where bytes[position...].starts(with: "/*".utf8):
        let start = position
        position += 2
        while !bytes[position...].starts(with: "*/".utf8) {
          guard position < bytes.count else {
            position = start
            throw error("the comment is not closed", remedy: "close it with */")
          }
          position += 1
        }
        position += 2
      default:
        return
      }
    }
  }

  /// Reads a name without quotes; empty when none is there.
  mutating func identifier() -> String {
    let start = position
    while let byte = next {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...0xFF:
        position += 1
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
        // Keys of ours hold '-' and '.', which JSON5 itself allows only in quotes.
        if position == start { return "" }
        position += 1
      default:
        return String(decoding: bytes[start..<position], as: UTF8.self)
      }
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  mutating func number() throws(ConfigError) -> JSONValue {
    let start = position
    while let byte = next,
      Self.startsNumber(byte) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
    {
      position += 1
    }
    let token = String(decoding: bytes[start..<position], as: UTF8.self)
    if let value = Self.number(token) { return value }
    position = start
    throw error(expected: "a number", found: token)
  }

  private static func number(_ token: String) -> JSONValue? {
    var digits = token[...]
    let negative = digits.hasPrefix("-")
    if negative || digits.hasPrefix("+") { digits.removeFirst() }
    guard let first = digits.first, first != "+", first != "-" else { return nil }
    if digits == "Infinity" { return .double(negative ? -.infinity : .infinity) }
    if digits == "NaN" { return .double(.nan) }
    if digits.hasPrefix("0x") || digits.hasPrefix("0X") {
      let body = digits.dropFirst(2)
      guard body.allSatisfy(\.isHexDigit) else { return nil }
      return Int((negative ? "-" : "") + body, radix: 16).map { .int($0) }
    }
    guard digits.allSatisfy({ $0.isNumber || ".eE+-".contains($0) }), digits != "." else {
      return nil
    }
    let leadsWithZero = digits.hasPrefix("0") && digits.dropFirst().first?.isNumber == true
    guard !leadsWithZero else { return nil }
    if digits.allSatisfy(\.isNumber), let value = Int((negative ? "-" : "") + digits) {
      return .int(value)
    }
    // Swift wants a digit on both sides of the point.
    var text = String(digits)
    if text.hasPrefix(".") { text = "0" + text }
    if let point = text.firstIndex(of: ".") {
      let after = text.index(after: point)
      if after == text.endIndex || !text[after].isNumber { text.insert("0", at: after) }
    }
    guard let value = Double(text), value.isFinite else { return nil }
    return .double(negative ? -value : value)
  }

  /// An error at the position that says what was expected there.
  func error(expected: String, found: String? = nil, remedy: String? = nil) -> ConfigError {
    error(
      "expected \(expected), found \(found.map { "'\($0)'" } ?? nextInWords)",
      remedy: remedy
        ?? "correct the file there; settings are written key: value, with commas between")
  }

  /// An error at the position.
  func error(_ message: String, remedy: String) -> ConfigError {
    let before = bytes[..<position]
    let line = 1 + before.count { $0 == 0x0A }
    let column = 1 + before.reversed().prefix { $0 != 0x0A }.count
    return ConfigError("\(source):\(line):\(column): \(message)", remedy: remedy)
  }

  private var nextInWords: String {
    guard position < bytes.count else { return "the end of the text" }
    let rest = String(decoding: bytes[position...].prefix(16), as: UTF8.self)
    let token = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    if rest.first?.isNewline == true { return "the end of the line" }
    return "'\(token.isEmpty ? String(rest.prefix(1)) : String(token))'"
  }
}
