/// What help, completion and the parser know of one argument, option or flag.
struct ArgumentSpec: Sendable {
  /// How it is written.
  enum Form: Sendable {
    /// By its place: `vae`.
    case positional
    /// By its name and a value: `--seed 7`.
    case option
    /// By its name alone: `--dry-run`.
    case flag
  }

  /// How it is written.
  var form: Form
  /// The name without dashes.
  var name: String
  /// The letter after one dash, if it has one.
  var short: Character?
  /// What stands for the value in help.
  var valueName: String
  /// One sentence.
  var help: String
  /// The default as one would write it, where there is one to show.
  var defaultText: String?
  /// The form of a value in words, with what it must be beyond its type.
  var expectation: String
  /// What the value must be beyond its type, in words.
  var condition: String?
  /// All values there are, when they can be listed.
  var choices: [String]
  /// What completes a value.
  var completion: Completion
  /// How often it must be given.
  var minimum: Int
  /// Whether it may be given more than once.
  var isRepeated: Bool
  /// The type of the value where it stands for further arguments.
  var source: (any ArgumentSource.Type)?
  /// The type of the value where a source of arguments may stand in its place.
  var replaceable: (any ReplaceableBySource.Type)?
  /// The group of which at most one option may be given.
  var rivalry: String?

  /// As users write it: `<recipe>`, `--seed`.
  var title: String { form == .positional ? "<\(name)>" : "--\(name)" }

  /// Whether at most one of both may be given.
  func isRival(of other: ArgumentSpec) -> Bool {
    rivalry != nil && rivalry == other.rivalry && title != other.title
  }
}

/// Why a value was not taken.
struct ValueRefusal: Error {
  /// What form was expected.
  let expected: String
  /// The accepted value that is nearest, if one is near.
  let nearest: String?
}

/// A property wrapper that declares an argument, option or flag.
protocol ArgumentDeclaration {
  /// What is declared by a property called `label`.
  func spec(label: String) -> ArgumentSpec

  /// Takes a value and how its name was written; a flag takes any text.
  func take(_ text: String, written: String) throws(ValueRefusal)
}
