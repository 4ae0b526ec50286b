import LatentCore

/// One `key=value` for a configuration, and where it was written.
struct Setting: ArgumentValue, Hashable {
  /// The text.
  let text: String
  /// `--set`, or the file that it stands in.
  let place: String

  static var expectation: String { "key=value" }

  init?(argument: String) { self.init(argument: argument, written: "--set") }

  init?(argument: String, written: String) {
    text = argument
    place = written.split(separator: " in ", maxSplits: 1).last.map(String.init) ?? written
  }

  var argumentText: String { text }
}
