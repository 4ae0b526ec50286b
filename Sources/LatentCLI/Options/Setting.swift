import LatentCore

/// One `key=value` for a configuration, and where it was written.
struct Setting: PlacedText {
  /// The text.
  let text: String
  /// `--set`, or the file that it stands in.
  let place: String

  static var option: String { "--set" }
  static var expectation: String { "key=value" }

}
