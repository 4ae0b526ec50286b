extension JSONValue {
  /// How much white space JSON text holds.
  public enum Layout: Sendable {
    /// One line without spaces, for event streams.
    case compact
    /// Two spaces a level, one member a line; lists of plain values stay on one line.
    case indented
  }

  /// This value as JSON text (RFC 8259), members in order, without a final line feed.
  ///
  /// Numbers read back as the same value: fractions are the shortest digits that do so, and always
  /// hold a point or an exponent. JSON has no word for infinities and NaN: they become `null`.
  public func text(_ layout: Layout = .indented) -> String {
    var result = ""
    write(to: &result, layout: layout, depth: 0)
    return result
  }

  private func write(to text: inout String, layout: Layout, depth: Int) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .int(let value): text += String(value)
    case .double(let value): text += value.isFinite ? value.description : "null"
    case .string(let value): Self.write(quoted: value, to: &text)
    case .array(let elements):
      let inline = layout == .compact || elements.allSatisfy { !$0.isContainer }
      Self.write(
        elements, between: "[", and: "]", to: &text, layout: layout, inline: inline, depth: depth
      ) { element, text in
        element.write(to: &text, layout: layout, depth: depth + 1)
      }
    case .object(let object):
      Self.write(
        object.members, between: "{", and: "}", to: &text, layout: layout,
        inline: layout == .compact, depth: depth
      ) { member, text in
        Self.write(quoted: member.name, to: &text)
        text += layout == .compact ? ":" : ": "
        member.value.write(to: &text, layout: layout, depth: depth + 1)
      }
    }
  }

  private var isContainer: Bool {
    switch self {
    case .array, .object: true
    default: false
    }
  }

  private static func write<Element>(
    _ elements: [Element], between open: String, and close: String, to text: inout String,
    layout: Layout, inline: Bool, depth: Int, element write: (Element, inout String) -> Void
  ) {
    text += open
    let separator = inline ? (layout == .compact ? "," : ", ") : ","
    for (index, element) in elements.enumerated() {
      if index > 0 { text += separator }
      if !inline { text += "\n" + String(repeating: "  ", count: depth + 1) }
      write(element, &text)
    }
    if !inline && !elements.isEmpty { text += "\n" + String(repeating: "  ", count: depth) }
    text += close
  }

  private static func write(quoted value: String, to text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
