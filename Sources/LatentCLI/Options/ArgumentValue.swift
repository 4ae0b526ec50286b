import LatentCore

/// A Swift type that an argument or option may have.
protocol ArgumentValue: Sendable {
  /// The form of a value in words, such as «a whole number».
  static var expectation: String { get }

  /// Every value there is, when they can be listed; otherwise empty.
  static var choices: [String] { get }

  /// What completes a value while it is typed.
  static var completion: Completion { get }

  /// The value that `argument` stands for, or `nil` when it is none.
  init?(argument: String)

  /// The same for types that keep where a value was written: `--set`, or `set in run.json5`.
  init?(argument: String, written: String)

  /// The value as one would write it.
  var argumentText: String { get }
}

/// What a shell offers while a value is typed.
enum Completion: Sendable, Equatable {
  /// Nothing.
  case none
  /// Names of files and folders.
  case files
  /// Names of folders.
  case folders
  /// These words.
  case words([String])
  /// These words, and names of files and folders.
  case wordsAndFiles([String])
  /// These words, each followed by `=` and a value.
  case keys([String])
}

extension ArgumentValue {
  static var choices: [String] { [] }
  static var completion: Completion { choices.isEmpty ? .none : .words(choices) }
  init?(argument: String, written: String) { self.init(argument: argument) }
}

extension String: ArgumentValue {
  static var expectation: String { "text" }
  init?(argument: String) { self = argument }
  var argumentText: String { self }
}

extension Int: ArgumentValue {
  static var expectation: String { "a whole number" }
  init?(argument: String) { self.init(argument) }
  var argumentText: String { String(self) }
}

extension Double: ArgumentValue {
  static var expectation: String { "a number" }

  init?(argument: String) {
    guard let value = Double(argument), value.isFinite else { return nil }
    self = value
  }

  var argumentText: String { ConfigField.text(of: .double(self)) }
}

/// A path as the user wrote it.
struct Path: ArgumentValue, Hashable, CustomStringConvertible {
  /// The path, relative to the working folder unless it begins with `/`.
  var text: String

  static var expectation: String { "a path" }
  static var completion: Completion { .files }

  /// Makes a path; text that is empty or holds a zero byte is none.
  init?(argument: String) {
    guard !argument.isEmpty, !argument.utf8.contains(0) else { return nil }
    text = argument
  }

  /// Makes a path for a default value.
  init(_ text: String) { self.text = text }

  var argumentText: String { text }
  var description: String { text }
}

extension ArgumentValue
where Self: RawRepresentable, Self: CaseIterable, Self.RawValue == String {
  static var expectation: String { "one of " + choices.joined(separator: ", ") }
  static var choices: [String] { allCases.map(\.rawValue) }
  init?(argument: String) { self.init(rawValue: argument) }
  var argumentText: String { rawValue }
}
