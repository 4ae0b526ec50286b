import Datasets

/// The keys a configuration has, in the order in which they are shown and written.
public struct ConfigSchema: Sendable {
  /// All keys, in order.
  public let fields: [ConfigField]
  private let positions: [String: Int]

  /// Makes a schema of keys.
  ///
  /// **Fails** (stops the program) when two keys have the same name.
  public init<each Value: ConfigValue>(_ keys: repeat ConfigKey<each Value>) {
    var fields: [ConfigField] = []
    for key in repeat each keys { fields.append(key.field) }
    self.init(fields: fields)
  }

  /// Makes a schema of keys without their types.
  ///
  /// **Fails** (stops the program) when two keys have the same name.
  public init(fields: [ConfigField]) {
    var positions: [String: Int] = [:]
    for (index, field) in fields.enumerated() {
      let earlier = positions.updateValue(index, forKey: field.name)
      precondition(earlier == nil, "the configuration key '\(field.name)' is declared twice")
    }
    self.fields = fields
    self.positions = positions
  }

  /// The keys of both schemas, the left ones first.
  ///
  /// **Fails** (stops the program) when both have a key of the same name.
  public static func + (first: ConfigSchema, second: ConfigSchema) -> ConfigSchema {
    ConfigSchema(fields: first.fields + second.fields)
  }

  /// The key called `name`, or `nil`.
  public subscript(name: String) -> ConfigField? { positions[name].map { fields[$0] } }

  /// Where the key called `name` stands.
  func position(of name: String) -> Int? { positions[name] }

  /// The refusal of a name that is no key, with the nearest name and the list of all.
  func unknown(_ name: String, in source: String) -> ConfigError {
    let names = fields.map(\.name)
    let all = names.isEmpty ? "there are no keys" : "keys: " + names.joined(separator: ", ")
    let near = NearestName.match(name, in: names)
    return ConfigError(
      "unknown key '\(name)' in \(source)",
      remedy: near.map { "did you mean '\($0)'? (\(all))" } ?? all)
  }

  /// The refusal of a value that `field` does not accept.
  func refused(_ found: String, for field: ConfigField, in source: String) -> ConfigError {
    var remedy = "\(field.name): \(field.help) Default: \(field.defaultText)"
    if let unit = field.unit { remedy += " \(unit)" }
    if case .choice(let words) = field.kind, let near = NearestName.match(found, in: words) {
      remedy = "did you mean '\(near)'? \(remedy)"
    }
    return ConfigError(
      "\(field.name) in \(source): expected \(field.kind.expectation), found \(found.isEmpty ? "nothing" : "'\(found)'")",
      remedy: remedy)
  }
}
