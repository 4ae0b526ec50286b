import LatentCore
import Runs

/// One `key=value,value,…` of `--grid`, and where it was written.
struct GridAxis: PlacedText {
  /// The text.
  let text: String
  /// `--grid`, or the file that it stands in.
  let place: String

  static var option: String { "--grid" }
  static var expectation: String { "key=value,value,…" }

  /// The axis, each value in the form that a run's record has it in.
  ///
  /// Throws `ConfigError` for a key or a value that `config` does not take, and `CommandError` (exit code 2)
  /// for a value that stands twice.
  func axis(in config: Config) throws -> SweepAxis {
    guard let equals = text.firstIndex(of: "=") else {
      throw CommandError.usage(
        "\(place) expects key=value,value,…, found '\(text)'",
        remedy: "write --grid \(text)=1,2,4 with values of your choice")
    }
    let key = String(text[..<equals])
    var values: [String] = []
    for word in Self.words(text[text.index(after: equals)...]) {
      var changed = config
      try changed.set("\(key)=\(word)", from: place)
      let value = changed.json[key].map(ConfigField.text) ?? word
      guard !values.contains(value) else {
        throw CommandError.usage(
          "\(key) in \(place): the value \(value) stands twice", remedy: "keep one of them")
      }
      values.append(value)
    }
    return SweepAxis(key, values)
  }

  /// What stands between commas; those inside brackets belong to a value: `[400,200],[100]`.
  private static func words(_ text: Substring) -> [String] {
    var words = [""]
    var depth = 0
    for character in text {
      if character == "[" { depth += 1 }
      if character == "]" { depth -= 1 }
      if character == ",", depth == 0 {
        words.append("")
      } else {
        words[words.count - 1].append(character)
      }
    }
    return words
  }
}
