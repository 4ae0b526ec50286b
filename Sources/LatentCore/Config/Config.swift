/// A value for every key of a schema; every value has been checked.
public struct Config: Sendable, Equatable {
  /// The keys.
  public let schema: ConfigSchema
  private var values: [JSONValue]

  /// Makes the configuration of all defaults.
  public init(_ schema: ConfigSchema) {
    self.schema = schema
    values = schema.fields.map(\.defaultValue)
  }

  /// The value of `key`.
  ///
  /// **Fails** (stops the program) when the schema has no such key, or when a value outside the
  /// key's bounds is assigned; values from outside the program come through ``set(_:from:)`` and
  /// ``apply(_:from:)``, which throw.
  public subscript<Value: ConfigValue>(key: ConfigKey<Value>) -> Value {
    get {
      guard let position = schema.position(of: key.name),
        let value = Value(config: values[position])
      else {
        preconditionFailure(
          "the configuration has no key '\(key.name)' of type \(Value.self): "
            + "add the key to the schema (keys: \(schema.fields.map(\.name)))")
      }
      return value
    }
    set {
      guard let position = schema.position(of: key.name),
        let value = schema.fields[position].kind.accepted(newValue.configJSON)
      else {
        preconditionFailure(
          "the configuration key '\(key.name)' expects \(key.field.kind.expectation), "
            + "found \(newValue)")
      }
      values[position] = value
    }
  }

  /// Takes one setting as written after `--set`: `key=value`; errors name `source`.
  ///
  /// **Fails** with the nearest key when the key is unknown, and with what was expected and found
  /// when there is no `=` or the value is of another type or outside the bounds. A refused setting
  /// changes nothing.
  public mutating func set(
    _ setting: String, from source: String = "--set"
  ) throws(ConfigError) {
    guard let equals = setting.firstIndex(of: "=") else {
      throw ConfigError(
        "\(source) expects key=value, found '\(setting)'",
        remedy: schema[setting].map { "write --set \($0.name)=\($0.defaultText)" }
          ?? schema.unknown(setting, in: source).remedy)
    }
    let name = String(setting[..<equals])
    let text = String(setting[setting.index(after: equals)...])
    guard let position = schema.position(of: name) else { throw schema.unknown(name, in: source) }
    guard let value = schema.fields[position].kind.value(fromText: text) else {
      throw schema.refused(text, for: schema.fields[position], in: source)
    }
    values[position] = value
  }

  /// Takes the members of an object, as read from a file called `source`.
  ///
  /// A nested object is a section: `{schedule: {warmup: 100}}` sets the key `schedule.warmup`.
  /// **Fails** as ``set(_:from:)`` does, naming `source`; a refused object changes nothing.
  public mutating func apply(_ object: JSONObject, from source: String) throws(ConfigError) {
    var changed = self
    try changed.apply(object, section: "", from: source)
    self = changed
  }

  private mutating func apply(
    _ object: JSONObject, section: String, from source: String
  ) throws(ConfigError) {
    for member in object.members {
      let name = section + member.name
      if case .object(let inner) = member.value {
        try apply(inner, section: name + ".", from: source)
        continue
      }
      guard let position = schema.position(of: name) else { throw schema.unknown(name, in: source) }
      let field = schema.fields[position]
      guard let value = field.kind.accepted(member.value) else {
        throw schema.refused(member.value.text(.compact), for: field, in: source)
      }
      values[position] = value
    }
  }

  /// Every key with its value, in the schema's order; reads back with ``apply(_:from:)``.
  public var json: JSONObject { object { _, _ in true } }

  /// The keys whose values differ from their defaults, in the schema's order.
  public var changes: JSONObject { object { value, field in value != field.defaultValue } }

  private func object(where keep: (JSONValue, ConfigField) -> Bool) -> JSONObject {
    var result = JSONObject()
    for (field, value) in zip(schema.fields, values) where keep(value, field) {
      result[field.name] = value
    }
    return result
  }

  /// Whether both have the same keys with the same values.
  public static func == (first: Config, second: Config) -> Bool { first.json == second.json }
}
