import Datasets
import LatentCore

/// Why a command stopped: what, where, expected and found in one line, and the remedy in another.
struct CommandError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The process's exit code.
  let code: ExitCode
  /// What is wrong, in one line without a final full stop.
  let message: String
  /// What to do about it, in one line.
  let remedy: String

  /// Makes an error; line feeds in the texts become spaces, so that each stays one line.
  init(_ code: ExitCode, _ message: String, remedy: String) {
    self.code = code
    self.message = message.onOneLine
    self.remedy = remedy.onOneLine
  }

  /// A claim, check or comparison that did not hold.
  static func failed(_ message: String, remedy: String) -> CommandError {
    CommandError(.failed, message, remedy: remedy)
  }

  /// A wrong command line.
  static func usage(_ message: String, remedy: String) -> CommandError {
    CommandError(.usage, message, remedy: remedy)
  }

  /// A machine or data that are not as needed.
  static func environment(_ message: String, remedy: String) -> CommandError {
    CommandError(.environment, message, remedy: remedy)
  }

  /// The refusal of a word that is none of `names`: suggests the nearest, else names `listing`, the
  /// command that shows them all.
  static func unknown(
    _ noun: String, _ word: String, among names: [String], listing: String
  ) -> CommandError {
    let near = NearestName.match(word, in: names)
    return .usage(
      "unknown \(noun) '\(word)'",
      remedy: near.map { "did you mean '\($0)'? All: \(listing)" } ?? "to see all: \(listing)")
  }

  /// The refusal of a configuration.
  init(_ error: ConfigError) {
    self.init(.usage, error.message, remedy: error.remedy)
  }

  /// The two lines for stderr.
  var description: String { text(.plain) }

  /// The two lines for stderr in colours.
  func text(_ palette: Palette) -> String {
    "\(palette.error("error:")) \(message)\n \(palette.accent("hint:")) \(remedy)"
  }

  /// The error as the one document that `--json` prints.
  var json: JSONObject {
    [
      "error": [
        "message": .string(message), "remedy": .string(remedy), "code": .int(Int(code.rawValue)),
      ]
    ]
  }
}

extension String {
  fileprivate var onOneLine: String {
    split { $0.isNewline || $0.unicodeScalars.first?.properties.generalCategory == .control }
      .joined(separator: " ")
  }
}
