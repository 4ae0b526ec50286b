import LatentCore

extension ConfigField {
  /// The key as forms need it: kind, default, bounds, words, unit, help.
  func json(group: String) -> JSONObject {
    var object: JSONObject = [
      "key": .string(name), "default": defaultValue, "help": .string(help),
      "kind": .string(kind.name), "group": .string(group),
      "unit": unit.map { .string($0) } ?? .null,
    ]
    switch kind {
    case .int(let bounds), .ints(each: let bounds):
      object["bounds"] = bounds.json { .int($0) }
    case .double(let bounds): object["bounds"] = bounds.json { .double($0) }
    case .choice(let words): object["choices"] = .array(words.map { .string($0) })
    case .bool, .string: break
    }
    return object
  }
}

extension Bounds {
  fileprivate func json(_ number: (Value) -> JSONValue) -> JSONValue {
    [
      "lower": lower.map(number) ?? .null, "upper": upper.map(number) ?? .null,
      "excludesLower": .bool(excludesLower), "excludesUpper": .bool(excludesUpper),
    ]
  }
}
