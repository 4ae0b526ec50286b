/// What values a configuration key accepts.
public enum ConfigKind: Sendable {
  /// `true` or `false`.
  case bool
  /// A whole number within bounds.
  case int(Bounds<Int>)
  /// A finite number within bounds.
  case double(Bounds<Double>)
  /// Any text.
  case string
  /// One of the listed words.
  case choice([String])
  /// A list of whole numbers, each within bounds.
  case ints(each: Bounds<Int>)

  /// The form of a value in words, such as «a whole number, at least 1».
  public var expectation: String {
    switch self {
    case .bool: "true or false"
    case .int(let bounds): Self.phrase("a whole number", bounds.words)
    case .double(let bounds): Self.phrase("a number", bounds.words)
    case .string: "text"
    case .choice(let words): "one of " + words.joined(separator: ", ")
    case .ints(let bounds):
      Self.phrase(
        "whole numbers separated by commas", bounds.words.isEmpty ? "" : "each \(bounds.words)")
    }
  }

  /// The name of the type in tables: `bool`, `int`, `double`, `string`, `choice` or `ints`.
  public var name: String {
    switch self {
    case .bool: "bool"
    case .int: "int"
    case .double: "double"
    case .string: "string"
    case .choice: "choice"
    case .ints: "ints"
    }
  }

  private static func phrase(_ noun: String, _ condition: String) -> String {
    condition.isEmpty ? noun : "\(noun), \(condition)"
  }

  /// The value that `text`, from a command line, stands for, or `nil` when it is not accepted.
  ///
  /// A list is written `400,200` or `[400, 200]`; a number as in Swift or JSON (`0.5`, `1e-3`).
  func value(fromText text: String) -> JSONValue? {
    switch self {
    case .bool:
      return Bool(text).map { .bool($0) }
    case .int:
      return Int(text).flatMap { accepted(.int($0)) }
    case .double:
      return Double(text).flatMap { accepted(.double($0)) }
    case .string, .choice:
      return accepted(.string(text))
    case .ints:
      var body = text[...]
      if body.hasPrefix("["), body.hasSuffix("]") { body = body.dropFirst().dropLast() }
      body = body.trimmingSpaces
      if body.isEmpty { return .array([]) }
      let parts = body.split(separator: ",", omittingEmptySubsequences: false)
      let numbers = parts.map { Int($0.trimmingSpaces) }
      guard numbers.allSatisfy({ $0 != nil }) else { return nil }
      return accepted(.array(numbers.compactMap { $0.map { .int($0) } }))
    }
  }

  /// `json`, from a file, as this kind of value, or `nil` when it is not accepted.
  ///
  /// Whole numbers are accepted where a number is expected, and `3.0` where a whole number is; a
  /// number is never made from text.
  func accepted(_ json: JSONValue) -> JSONValue? {
    switch (self, json) {
    case (.bool, .bool), (.string, .string):
      return json
    case (.int(let bounds), .int(let value)):
      return bounds.contains(value) ? json : nil
    case (.int, .double(let value)):
      return Int(exactly: value).flatMap { accepted(.int($0)) }
    case (.double(let bounds), .double(let value)):
      return value.isFinite && bounds.contains(value) ? json : nil
    case (.double, .int(let value)):
      return accepted(.double(Double(value)))
    case (.choice(let words), .string(let value)):
      return words.contains(value) ? json : nil
    case (.ints(let bounds), .array(let elements)):
      let checked = elements.compactMap { ConfigKind.int(bounds).accepted($0) }
      return checked.count == elements.count ? .array(checked) : nil
    default:
      return nil
    }
  }
}

extension Substring {
  fileprivate var trimmingSpaces: Substring {
    var rest = self
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }
}
