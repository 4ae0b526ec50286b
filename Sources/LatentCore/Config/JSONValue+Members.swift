extension JSONValue {
  /// The text; nil for any other value.
  package var text: String? { if case .string(let text) = self { text } else { nil } }

  /// The number; nil for any other value.
  package var number: Double? {
    switch self {
    case .int(let value): Double(value)
    case .double(let value): value
    default: nil
    }
  }

  /// The whole number; nil for any other value.
  package var whole: Int? {
    switch self {
    case .int(let value): value
    case .double(let value): Int(exactly: value)
    default: nil
    }
  }

  /// The truth value; nil for any other value.
  package var truth: Bool? { if case .bool(let value) = self { value } else { nil } }

  /// The elements; nil for any other value.
  package var elements: [JSONValue]? { if case .array(let values) = self { values } else { nil } }

  /// The members; nil for any other value.
  package var object: JSONObject? { if case .object(let object) = self { object } else { nil } }
}
