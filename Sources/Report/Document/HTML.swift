import FoundationEssentials

/// Text inside HTML, so that no text can become markup.
package enum HTML {
  /// The text for an element or a quoted attribute; control characters, which HTML has no place
  /// for, become U+FFFD.
  package static func escape(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case "\r": result += "\n"
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
        result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A value as JSON inside a script element: no text in it can end the element or open a comment.
  static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var result = ""
    for scalar in String(decoding: try encoder.encode(value), as: UTF8.self).unicodeScalars {
      switch scalar {
      case "<": result += "\\u003c"
      case ">": result += "\\u003e"
      case "&": result += "\\u0026"
      case "\u{2028}": result += "\\u2028"
      case "\u{2029}": result += "\\u2029"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A name for links inside the page: small letters, digits and hyphens.
  static func anchor(_ text: String) -> String {
    let words = text.lowercased().unicodeScalars.split {
      !("a"..."z").contains($0) && !("0"..."9").contains($0)
    }
    let joined = words.map { String(String.UnicodeScalarView($0)) }.joined(separator: "-")
    return joined.isEmpty ? "section" : joined
  }
}
