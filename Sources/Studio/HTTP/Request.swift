/// What a client asked, as far as the studio looks at it.
struct Request: Sendable {
  /// The method as it was sent.
  var method: String
  /// The target without its query, as it was sent.
  var target: String
  /// Every Host header there was.
  var hosts: [String]
  /// Whether it announced a body.
  var hasBody = false

  /// The decoded parts of the path; nil if the target is none that the studio could have written.
  ///
  /// Each part is decoded once, by itself. Refused are broken escapes, bytes that are no UTF-8, control
  /// characters, `/` and `\` inside a part, empty parts, and parts that begin with a dot, so that no
  /// part can name a parent or a hidden file.
  var path: [String]? {
    guard target.utf8.first == UInt8(ascii: "/"), target.utf8.count <= 4096 else { return nil }
    let text = target.dropFirst()
    if text.isEmpty { return [] }
    var result: [String] = []
    for part in text.split(separator: "/", omittingEmptySubsequences: false) {
      guard let name = Self.decoded(part), Self.isPlain(name) else { return nil }
      result.append(name)
    }
    return result
  }

  private static func isPlain(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, first != "." else { return false }
    return name.unicodeScalars.allSatisfy {
      $0.value >= 0x20 && $0.value != 0x7F && $0 != "/" && $0 != "\\"
    }
  }

  private static func decoded(_ part: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = part.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst(), let low = rest.popFirst(),
        let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16),
        high != UInt8(ascii: "+"), high != UInt8(ascii: "-")
      else { return nil }
      bytes.append(value)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// A part of a path as a link writes it.
  static func encoded(_ part: String) -> String {
    var result = ""
    for byte in part.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "."), UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return result
  }
}
