/// A Swift type that a configuration key may have.
///
/// `Bool`, `Int`, `Double`, `String`, `[Int]` and string enumerations that list their cases are
/// such types.
public protocol ConfigValue: Sendable, Equatable {
  /// What a key of this type accepts when nothing narrows it.
  static var configKind: ConfigKind { get }

  /// The value in a checked configuration, or `nil` when `json` is not of this type.
  init?(config json: JSONValue)

  /// The value as it stands in a configuration file.
  var configJSON: JSONValue { get }
}

extension Bool: ConfigValue {
  /// A truth value.
  public static var configKind: ConfigKind { .bool }

  /// The truth value in `json`.
  public init?(config json: JSONValue) {
    guard case .bool(let value) = json else { return nil }
    self = value
  }

  /// `true` or `false`.
  public var configJSON: JSONValue { .bool(self) }
}

extension Int: ConfigValue {
  /// Any whole number.
  public static var configKind: ConfigKind { .int(.any) }

  /// The whole number in `json`.
  public init?(config json: JSONValue) {
    guard case .int(let value) = json else { return nil }
    self = value
  }

  /// The number.
  public var configJSON: JSONValue { .int(self) }
}

extension Double: ConfigValue {
  /// Any finite number.
  public static var configKind: ConfigKind { .double(.any) }

  /// The number in `json`.
  public init?(config json: JSONValue) {
    guard case .double(let value) = json else { return nil }
    self = value
  }

  /// The number.
  public var configJSON: JSONValue { .double(self) }
}

extension String: ConfigValue {
  /// Any text.
  public static var configKind: ConfigKind { .string }

  /// The text in `json`.
  public init?(config json: JSONValue) {
    guard case .string(let value) = json else { return nil }
    self = value
  }

  /// The text.
  public var configJSON: JSONValue { .string(self) }
}

extension [Int]: ConfigValue {
  /// Any list of whole numbers.
  public static var configKind: ConfigKind { .ints(each: .any) }

  /// The list in `json`.
  public init?(config json: JSONValue) {
    guard case .array(let elements) = json else { return nil }
    self = []
    for case .int(let element) in elements { append(element) }
    guard count == elements.count else { return nil }
  }

  /// The list.
  public var configJSON: JSONValue { .array(map { .int($0) }) }
}

extension ConfigValue
where Self: RawRepresentable, Self: CaseIterable, Self.RawValue == String {
  /// One of the raw values, in the order of the cases.
  public static var configKind: ConfigKind { .choice(allCases.map(\.rawValue)) }

  /// The case whose raw value is in `json`.
  public init?(config json: JSONValue) {
    guard case .string(let value) = json else { return nil }
    self.init(rawValue: value)
  }

  /// The raw value.
  public var configJSON: JSONValue { .string(rawValue) }
}
