/// Declares an option, `--name value` or `--name=value`.
///
/// The name is the property's in kebab case unless `name` is given. A property with an initial
/// value has it as default; one of optional type may be left out; one of array type may be given
/// several times; any other must be given.
///
///     @Option("Passes over the training data.", value: "n", check: .atLeast(1)) var epochs = 30
///     @Option("Where the run folder goes.", completion: .folders) var out: Path?
///     @Option("Set a key of the recipe.", name: "set", value: "key=value") var settings: [String]
@propertyWrapper
struct Option<Value>: ArgumentDeclaration {
  private let storage: ArgumentStorage<Value>

  /// Declares an option with a default.
  init(
    wrappedValue: Value, _ help: String, name: String? = nil, short: Character? = nil,
    value: String? = nil, choices: [String] = [], check: Check<Value>? = nil,
    completion: Completion? = nil
  ) where Value: ArgumentValue {
    storage = .single(
      wrappedValue,
      ArgumentDetails(
        .option, help, name: name, short: short, value: value, choices: choices, check: check,
        completion: completion))
  }

  /// Declares an option that must be given.
  init(
    _ help: String, name: String? = nil, short: Character? = nil, value: String? = nil,
    choices: [String] = [], check: Check<Value>? = nil, completion: Completion? = nil
  ) where Value: ArgumentValue {
    storage = .single(
      nil,
      ArgumentDetails(
        .option, help, name: name, short: short, value: value, choices: choices, check: check,
        completion: completion))
  }

  /// Declares an option that may be left out.
  init<Element>(
    _ help: String, name: String? = nil, short: Character? = nil, value: String? = nil,
    choices: [String] = [], check: Check<Element>? = nil, completion: Completion? = nil
  ) where Value == Element? {
    storage = .optional(
      ArgumentDetails(
        .option, help, name: name, short: short, value: value, choices: choices, check: check,
        completion: completion))
  }

  /// Declares an option that may be given several times, at least `minimum`.
  init<Element>(
    _ help: String, name: String? = nil, short: Character? = nil, value: String? = nil,
    choices: [String] = [], check: Check<Element>? = nil, completion: Completion? = nil,
    minimum: Int = 0
  ) where Value == [Element] {
    storage = .repeated(
      minimum: minimum,
      ArgumentDetails(
        .option, help, name: name, short: short, value: value, choices: choices, check: check,
        completion: completion))
  }

  /// The value given, or the default.
  var wrappedValue: Value {
    get { storage.value }
    nonmutating set { storage.value = newValue }
  }

  func spec(label: String) -> ArgumentSpec { storage.spec(label: label) }
  func take(_ text: String) throws(ValueRefusal) { try storage.take(text) }
}
