/// A key of a configuration: its name, what it accepts, its default, its unit and one sentence.
public struct ConfigField: Sendable {
  /// The name as in `--set name=value` and in files; dots make sections.
  public let name: String
  /// What values it accepts.
  public let kind: ConfigKind
  /// The value when nothing else is said.
  public let defaultValue: JSONValue
  /// The unit, such as `nat` or `s`; `nil` for pure numbers and words.
  public let unit: String?
  /// One sentence that says what the key does.
  public let help: String

  /// The default as one would write it after `--set name=`.
  public var defaultText: String { Self.text(of: defaultValue) }

  /// A configuration value as one would write it after `--set name=`.
  public static func text(of value: JSONValue) -> String {
    switch value {
    case .string(let text): text
    case .double(let number):
      number == number.rounded() && abs(number) < 1e9
        ? String(Int(number)) : "\(number)"
    case .array(let elements): elements.map { text(of: $0) }.joined(separator: ",")
    default: value.text(.compact)
    }
  }
}

/// A configuration key that knows the Swift type of its values, so that `config[key]` needs neither
/// a cast nor a name in quotes.
public struct ConfigKey<Value: ConfigValue>: Sendable {
  /// The key without its type.
  public let field: ConfigField

  /// The name as in `--set name=value`.
  public var name: String { field.name }

  /// Makes a key of any type of value.
  ///
  /// **Fails** (stops the program) when `name` is empty or holds a space or `=`.
  public init(_ name: String, default value: Value, unit: String? = nil, _ help: String) {
    self.init(name, value, Value.configKind, unit, help)
  }

  private init(
    _ name: String, _ value: Value, _ kind: ConfigKind, _ unit: String?, _ help: String
  ) {
    precondition(
      !name.isEmpty && !name.contains { $0 == "=" || $0.isWhitespace },
      "the configuration key '\(name)' must be a name without spaces and '='")
    precondition(
      kind.accepted(value.configJSON) != nil,
      "the default of the configuration key '\(name)' must be \(kind.expectation), found \(value)")
    field = ConfigField(
      name: name, kind: kind, defaultValue: value.configJSON, unit: unit, help: help)
  }
}

extension ConfigKey where Value == Int {
  /// Makes a key for whole numbers within `bounds`.
  ///
  /// **Fails** (stops the program) when the default is outside.
  public init(
    _ name: String, default value: Int, in bounds: Bounds<Int>, unit: String? = nil, _ help: String
  ) {
    self.init(name, value, .int(bounds), unit, help)
  }
}

extension ConfigKey where Value == Double {
  /// Makes a key for finite numbers within `bounds`.
  ///
  /// **Fails** (stops the program) when the default is outside.
  public init(
    _ name: String, default value: Double, in bounds: Bounds<Double>, unit: String? = nil,
    _ help: String
  ) {
    self.init(name, value, .double(bounds), unit, help)
  }
}

extension ConfigKey where Value == [Int] {
  /// Makes a key for lists of whole numbers, each within `bounds`.
  ///
  /// **Fails** (stops the program) when an element of the default is outside.
  public init(
    _ name: String, default value: [Int], each bounds: Bounds<Int>, unit: String? = nil,
    _ help: String
  ) {
    self.init(name, value, .ints(each: bounds), unit, help)
  }
}

extension ConfigKey where Value == String {
  /// Makes a key for one of `words`, where these are known only when the program runs.
  ///
  /// **Fails** (stops the program) when the default is not among them.
  public init(_ name: String, default value: String, oneOf words: [String], _ help: String) {
    self.init(name, value, .choice(words), nil, help)
  }
}
