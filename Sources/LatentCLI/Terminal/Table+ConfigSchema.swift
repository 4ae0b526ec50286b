import LatentCore

extension Table {
  /// The keys of a schema: name, what is accepted, default with unit, and what the key does.
  init(_ schema: ConfigSchema) {
    self.init([
      .text("key"), .text("value", wraps: true), .text("default"),
      .text("what it does", wraps: true),
    ])
    for field in schema.fields {
      let value = field.unit.map { "\(field.defaultText) \($0)" } ?? field.defaultText
      add([field.name, field.kind.expectation, value, field.help])
    }
  }
}

extension ConfigSchema {
  /// The keys of the schema for `--json`, each with `name`, `type`, `expected`, `default`, `unit` and
  /// `help`.
  var json: JSONValue {
    .array(
      fields.map { field in
        [
          "name": .string(field.name), "type": .string(field.kind.name),
          "expected": .string(field.kind.expectation), "default": field.defaultValue,
          "unit": field.unit.map { .string($0) } ?? .null, "help": .string(field.help),
        ]
      })
  }
}
