extension JSON5Reader {
  /// Reads text in single or double quotes; the position is at the opening quote.
  mutating func string() throws(ConfigError) -> String {
    let start = position
    let quote = bytes[position]
    position += 1
    var content: [UInt8] = []
    while let byte = next {
      switch byte {
      case quote:
        position += 1
        return String(decoding: content, as: UTF8.self)
      case UInt8(ascii: "\\"):
        position += 1
        content += try escape()
      case 0x0A, 0x0D:
        throw error(expected: "a closing quote before the end of the line")
      default:
        content.append(byte)
        position += 1
      }
    }
    position = start
    throw error("the text is not closed", remedy: "close it with the quote it began with")
  }

  /// Reads what follows a backslash.
  private mutating func escape() throws(ConfigError) -> [UInt8] {
    guard let byte = next else { throw error(expected: "a character after the backslash") }
    position += 1
    switch byte {
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "v"): return [0x0B]
    case UInt8(ascii: "0"): return [0x00]
    case UInt8(ascii: "x"): return Array(String(Unicode.Scalar(UInt8(try hex(2)))).utf8)
    case UInt8(ascii: "u"): return Array(String(try unicodeEscape()).utf8)
    case 0x0D:
      _ = take("\n")
      return []
    case 0x0A: return []  // a line continued on the next
    default: return [byte]
    }
  }

  private mutating func unicodeEscape() throws(ConfigError) -> Unicode.Scalar {
    let start = position
    let unit = try hex(4)
    if let scalar = Unicode.Scalar(UInt32(unit)) { return scalar }
    // A pair of surrogates stands for one character beyond U+FFFF.
    if unit < 0xDC00, bytes[position...].starts(with: "\\u".utf8) {
      position += 2
      let second = try hex(4)
      let offset = (unit - 0xD800) << 10 + (second - 0xDC00)
      if (0xDC00...0xDFFF).contains(second), let scalar = Unicode.Scalar(UInt32(0x10000 + offset)) {
        return scalar
      }
    }
    position = start
    throw error(expected: "a character, not half of a surrogate pair,")
  }

  private mutating func hex(_ count: Int) throws(ConfigError) -> Int {
    let digits = String(decoding: bytes[position...].prefix(count), as: UTF8.self)
    guard digits.utf8.count == count, digits.allSatisfy(\.isHexDigit),
      let value = Int(digits, radix: 16)
    else { throw error(expected: "\(count) hexadecimal digits") }
    position += count
    return value
  }
}
