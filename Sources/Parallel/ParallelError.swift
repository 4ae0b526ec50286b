/// What keeps processes from training together: one line, and what to do about it.
public struct ParallelError: Error, Sendable, CustomStringConvertible {
  /// What is wrong, with what was expected and found.
  public let description: String
  /// What to do about it.
  public let remedy: String

  init(_ problem: String, remedy: String) {
    description = problem
    self.remedy = remedy
  }
}
