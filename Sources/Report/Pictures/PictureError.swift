/// Numbers that cannot be shown as a picture: what was expected, what was found, and what to do.
///
/// Both texts are one line each.
public struct PictureError: Error, CustomStringConvertible, Sendable {
  /// What was expected and what was found.
  public let problem: String
  /// What the user can do.
  public let remedy: String

  init(_ problem: String, remedy: String) {
    self.problem = problem
    self.remedy = remedy
  }

  /// The problem, without the remedy.
  public var description: String { problem }
}
