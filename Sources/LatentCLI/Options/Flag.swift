/// Declares a flag: `--dry-run` sets `dryRun`, which is otherwise `false`.
///
/// With `= true` the flag is switched off by `--no-name`.
///
///     @Flag("Only estimate minutes and memory.") var dryRun
///     @Flag("Do not draw figures.") var figures = true
@propertyWrapper
struct Flag: ArgumentDeclaration {
  private final class Slot {
    var value: Bool
    init(_ value: Bool) { self.value = value }
  }

  private let slot: Slot
  private let initial: Bool
  private let help: String
  private let name: String?
  private let short: Character?

  /// Declares a flag.
  init(
    wrappedValue: Bool = false, _ help: String, name: String? = nil, short: Character? = nil
  ) {
    slot = Slot(wrappedValue)
    initial = wrappedValue
    self.help = help
    self.name = name
    self.short = short
  }

  /// Whether the flag is on.
  var wrappedValue: Bool {
    get { slot.value }
    nonmutating set { slot.value = newValue }
  }

  func spec(label: String) -> ArgumentSpec {
    ArgumentSpec(
      form: .flag, name: name ?? (initial ? "no-" : "") + label.kebabCased, short: short,
      valueName: "", help: help, defaultText: nil, expectation: "no value", choices: [],
      completion: .none, minimum: 0, isRepeated: true)
  }

  func take(_ text: String, written: String) { slot.value = !initial }
}
