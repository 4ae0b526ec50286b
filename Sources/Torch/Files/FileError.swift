/// A file that cannot be read or written: which, what is wrong, and what to do.
///
/// Both texts are one line each.
public struct FileError: Error, CustomStringConvertible, Sendable {
  /// The file as it was named.
  public let path: String
  /// What was expected and what was found.
  public let problem: String
  /// What the user can do.
  public let remedy: String

  /// A problem with the file at `path`.
  public init(path: String, problem: String, remedy: String) {
    self.path = path
    self.problem = problem
    self.remedy = remedy
  }

  /// The file and the problem, without the remedy.
  public var description: String { "\(path): \(problem)" }
}
