/// Why a configuration was refused: one line that says what, where, expected and found, and one
/// line with the remedy.
public struct ConfigError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong, in one line without a final full stop.
  public let message: String
  /// What to do about it, in one line.
  public let remedy: String

  /// Makes an error from its two lines; line feeds and other control characters that they quote
  /// become spaces.
  public init(_ message: String, remedy: String) {
    self.message = Self.oneLine(message)
    self.remedy = Self.oneLine(remedy)
  }

  private static func oneLine(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let breaks = scalar.properties.generalCategory == .control || scalar.value == 0x2028
      result.append(breaks ? " " : scalar)
    }
    return String(result)
  }

  /// Both lines.
  public var description: String { "\(message)\n\(remedy)" }
}
