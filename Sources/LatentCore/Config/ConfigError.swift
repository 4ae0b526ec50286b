/// Why a configuration was refused: one line that says what, where, expected and found, and one
/// line with the remedy.
public struct ConfigError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong, in one line without a final full stop.
  public let message: String
  /// What to do about it, in one line.
  public let remedy: String

  /// Makes an error from its two lines.
  public init(_ message: String, remedy: String) {
    self.message = message
    self.remedy = remedy
  }

  /// Both lines.
  public var description: String { "\(message)\n\(remedy)" }
}
