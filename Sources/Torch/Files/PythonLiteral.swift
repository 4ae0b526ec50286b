/// The few kinds of Python literal that the head of an NPY file may hold.
enum PythonLiteral: Equatable {
  case string(String)
  case bool(Bool)
  case int(Int)
  case list([PythonLiteral])
  case dictionary([String: PythonLiteral])

  /// Reads one literal with nothing but white space after it; nil for anything else.
  ///
  /// A key that stands twice, a number beyond 64 bits and a nesting deeper than eight are refused.
  init?(_ text: [UInt8]) {
    var scanner = Scanner(text: text)
    guard let value = scanner.literal(depth: 0), scanner.next == nil else { return nil }
    self = value
  }
}

private struct Scanner {
  let text: [UInt8]
  private var place = 0

  init(text: [UInt8]) {
    self.text = text
  }

  /// The next byte that is no white space.
  var next: UInt8? {
    mutating get {
      while place < text.count, [0x20, 0x09, 0x0a, 0x0d].contains(text[place]) { place += 1 }
      return place < text.count ? text[place] : nil
    }
  }

  private mutating func take(_ character: Character) -> Bool {
    guard next == character.asciiValue else { return false }
    place += 1
    return true
  }

  mutating func literal(depth: Int) -> PythonLiteral? {
    guard depth < 8, let first = next else { return nil }
    switch Character(UnicodeScalar(first)) {
    case "'", "\"": return string().map(PythonLiteral.string)
    case "(": return list(closing: ")", depth: depth)
    case "[": return list(closing: "]", depth: depth)
    case "{": return dictionary(depth: depth)
    case "-", "0"..."9": return number().map(PythonLiteral.int)
    default: return word()
    }
  }

  private mutating func string() -> String? {
    guard let quote = next, let end = text[(place + 1)...].firstIndex(of: quote) else { return nil }
    let bytes = text[(place + 1)..<end]
    place = end + 1
    return bytes.contains(UInt8(ascii: "\\")) ? nil : String(decoding: bytes, as: UTF8.self)
  }

  private mutating func number() -> Int? {
    let end =
      text[(place + 1)...].firstIndex { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      ?? text.count
    let digits = String(decoding: text[place..<end], as: UTF8.self)
    place = end
    // Python 2 wrote long integers with an L.
    if place < text.count, text[place] == UInt8(ascii: "L") { place += 1 }
    return Int(digits)
  }

  private mutating func word() -> PythonLiteral? {
    for (name, value) in [("True", true), ("False", false)] {
      if text[place...].starts(with: Array(name.utf8)) {
        place += name.utf8.count
        return .bool(value)
      }
    }
    return nil
  }

  private mutating func list(closing: Character, depth: Int) -> PythonLiteral? {
    place += 1
    var elements: [PythonLiteral] = []
    while !take(closing) {
      guard let element = literal(depth: depth + 1) else { return nil }
      elements.append(element)
      if take(",") { continue }
      guard take(closing) else { return nil }
      break
    }
    return .list(elements)
  }

  private mutating func dictionary(depth: Int) -> PythonLiteral? {
    place += 1
    var entries: [String: PythonLiteral] = [:]
    while !take("}") {
      guard next == UInt8(ascii: "'") || next == UInt8(ascii: "\""), let key = string(), take(":"),
        let value = literal(depth: depth + 1), entries.updateValue(value, forKey: key) == nil
      else { return nil }
      if take(",") { continue }
      guard take("}") else { return nil }
      break
    }
    return .dictionary(entries)
  }
}
