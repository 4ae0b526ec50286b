/// Reads JSON5 (json5.org, version 1.0.0), of which JSON is a part: comments, trailing commas,
/// names without quotes, single quotes, hexadecimal numbers.
///
/// Stricter than the standard where silence would hide a mistake: a name that appears twice in an
/// object is refused. Nesting is limited to 64 levels.
public struct JSON5Reader {
  /// The value that `text` holds; `source` names it in errors.
  ///
  /// **Fails** with source, line and column (both from 1; columns count bytes), what was expected
  /// and what was found.
  public static func read(_ text: String, source: String) throws(ConfigError) -> JSONValue {
    var reader = JSON5Reader(text: text, source: source)
    let value = try reader.value(depth: 0)
    try reader.skipSpace()
    guard reader.next == nil else { throw reader.error(expected: "the end of the text") }
    return value
  }

  /// The object that `text` holds; **fails** like ``read(_:source:)``, and for any other value.
  public static func object(_ text: String, source: String) throws(ConfigError) -> JSONObject {
    guard case .object(let object) = try read(text, source: source) else {
      throw ConfigError(
        "\(source):1:1: expected an object, found another value",
        remedy: "put braces around the settings: { key: value, … }")
    }
    return object
  }

  let bytes: [UInt8]
  let source: String
  var position = 0

  init(text: String, source: String) {
    bytes = Array(text.utf8)
    self.source = source
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The byte at the position, or `nil` at the end.
  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func value(depth: Int) throws(ConfigError) -> JSONValue {
    try skipSpace()
    guard depth < 64 else { throw error(expected: "at most 64 levels of nesting") }
    switch next {
    case UInt8(ascii: "{"): return .object(try object(depth: depth))
    case UInt8(ascii: "["): return .array(try array(depth: depth))
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .string(try string())
    case let byte? where Self.startsNumber(byte): return try number()
    default: return try word()
    }
  }

  private mutating func word() throws(ConfigError) -> JSONValue {
    let start = position
    switch identifier() {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    case "Infinity": return .double(.infinity)
    case "NaN": return .double(.nan)
    case let found:
      position = start
      let hint = found.isEmpty ? nil : "put text in quotes: \"\(found)\""
      throw error(expected: "a value", remedy: hint)
    }
  }

  private mutating func array(depth: Int) throws(ConfigError) -> [JSONValue] {
    position += 1
    var elements: [JSONValue] = []
    while true {
      try skipSpace()
      if take("]") { return elements }
      elements.append(try value(depth: depth + 1))
      try skipSpace()
      if take("]") { return elements }
      guard take(",") else { throw error(expected: "',' or ']'") }
    }
  }

  private mutating func object(depth: Int) throws(ConfigError) -> JSONObject {
    position += 1
    var object = JSONObject()
    while true {
      try skipSpace()
      if take("}") { return object }
      let start = position
      let name =
        next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") ? try string() : identifier()
      guard position > start else { throw error(expected: "a name or '}'") }
      guard object[name] == nil else {
        position = start
        throw error("the name '\(name)' appears twice in one object", remedy: "remove one of them")
      }
      try skipSpace()
      guard take(":") else { throw error(expected: "':' after the name '\(name)'") }
      object[name] = try value(depth: depth + 1)
      try skipSpace()
      if take("}") { return object }
      guard take(",") else { throw error(expected: "',' or '}'") }
    }
  }

  /// Steps over `character` if it is next.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }
}
