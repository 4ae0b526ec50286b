/// Declares an argument known by its place, in the order of the properties.
///
/// A property with an initial value, or of optional type, may be left out; one of array type takes
/// all that follow (at least one unless `minimum` says otherwise) and must come last.
///
///     @Argument("Recipe to train.", choices: Recipes.names) var recipe: String
///     @Argument("Run folders to compare.", minimum: 2) var runs: [Path]
typealias Argument<Value> = DeclaredValue<Value, ByPlace>

/// Declares an option, `--name value` or `--name=value`.
///
/// The name is the property's in kebab case unless `name` is given. A property with an initial
/// value has it as default; one of optional type may be left out; one of array type may be given
/// several times (at least `minimum` times); any other must be given.
///
///     @Option("Passes over the training data.", value: "n", check: .atLeast(1)) var epochs = 30
///     @Option("Where the run folder goes.", completion: .folders) var out: Path?
///     @Option("Set a key of the recipe.", name: "set", value: "key=value") var settings: [String]
typealias Option<Value> = DeclaredValue<Value, ByName>

/// How a value is found on a command line.
protocol ValuePlacement {
  /// The form of what is declared.
  static var form: ArgumentSpec.Form { get }
  /// How often a property of array type must be given at least.
  static var minimum: Int { get }
}

/// By its place: `vae`.
enum ByPlace: ValuePlacement {
  static let form = ArgumentSpec.Form.positional
  static let minimum = 1
}

/// By its name: `--seed 7`.
enum ByName: ValuePlacement {
  static let form = ArgumentSpec.Form.option
  static let minimum = 0
}

/// A declared value; commands write ``Argument`` and ``Option``.
@propertyWrapper
struct DeclaredValue<Value, Placement: ValuePlacement>: ArgumentDeclaration {
  private let storage: ArgumentStorage<Value>

  /// Declares a value with a default.
  init(
    wrappedValue: Value, _ help: String, name: String? = nil, short: Character? = nil,
    value: String? = nil, choices: [String] = [], check: Check<Value>? = nil,
    completion: Completion? = nil
  ) where Value: ArgumentValue {
    storage = .single(
      wrappedValue,
      ArgumentDetails(Placement.form, help, name, short, value, choices, check, completion))
  }

  /// Declares a value that must be given.
  init(
    _ help: String, name: String? = nil, short: Character? = nil, value: String? = nil,
    choices: [String] = [], check: Check<Value>? = nil, completion: Completion? = nil
  ) where Value: ArgumentValue {
    storage = .single(
      nil, ArgumentDetails(Placement.form, help, name, short, value, choices, check, completion))
  }

  /// Declares a value that may be left out.
  init<Element>(
    _ help: String, name: String? = nil, short: Character? = nil, value: String? = nil,
    choices: [String] = [], check: Check<Element>? = nil, completion: Completion? = nil
  ) where Value == Element? {
    storage = .optional(
      ArgumentDetails(Placement.form, help, name, short, value, choices, check, completion))
  }

  /// Declares several values.
  init<Element>(
    _ help: String, name: String? = nil, short: Character? = nil, value: String? = nil,
    choices: [String] = [], check: Check<Element>? = nil, completion: Completion? = nil,
    minimum: Int = Placement.minimum
  ) where Value == [Element] {
    storage = .repeated(
      minimum: minimum,
      ArgumentDetails(Placement.form, help, name, short, value, choices, check, completion))
  }

  /// The value given, or the default.
  var wrappedValue: Value {
    get { storage.value }
    nonmutating set { storage.value = newValue }
  }

  func spec(label: String) -> ArgumentSpec { storage.spec(label: label) }
  func take(_ text: String, written: String) throws(ValueRefusal) {
    try storage.take(text, written: written)
  }
}
