/// Declares an argument known by its place, in the order of the properties.
///
/// A property with an initial value, or of optional type, may be left out; one of array type takes
/// all that follow (at least one unless `minimum` says otherwise) and must come last.
///
///     @Argument("Recipe to train.", choices: Recipes.names) var recipe: String
///     @Argument("Run folders to compare.", minimum: 2) var runs: [Path]
@propertyWrapper
struct Argument<Value>: ArgumentDeclaration {
  private let storage: ArgumentStorage<Value>

  /// Declares an argument with a default.
  init(
    wrappedValue: Value, _ help: String, name: String? = nil, choices: [String] = [],
    check: Check<Value>? = nil, completion: Completion? = nil
  ) where Value: ArgumentValue {
    storage = .single(
      wrappedValue,
      ArgumentDetails(
        .positional, help, name: name, short: nil, value: nil, choices: choices, check: check,
        completion: completion))
  }

  /// Declares an argument that must be given.
  init(
    _ help: String, name: String? = nil, choices: [String] = [], check: Check<Value>? = nil,
    completion: Completion? = nil
  ) where Value: ArgumentValue {
    storage = .single(
      nil,
      ArgumentDetails(
        .positional, help, name: name, short: nil, value: nil, choices: choices, check: check,
        completion: completion))
  }

  /// Declares an argument that may be left out.
  init<Element>(
    _ help: String, name: String? = nil, choices: [String] = [], check: Check<Element>? = nil,
    completion: Completion? = nil
  ) where Value == Element? {
    storage = .optional(
      ArgumentDetails(
        .positional, help, name: name, short: nil, value: nil, choices: choices, check: check,
        completion: completion))
  }

  /// Declares all arguments that follow, at least `minimum`.
  init<Element>(
    _ help: String, name: String? = nil, choices: [String] = [], check: Check<Element>? = nil,
    completion: Completion? = nil, minimum: Int = 1
  ) where Value == [Element] {
    storage = .repeated(
      minimum: minimum,
      ArgumentDetails(
        .positional, help, name: name, short: nil, value: nil, choices: choices, check: check,
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
