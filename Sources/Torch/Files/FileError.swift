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
  ///
  /// Texts out of the file may stand in `problem`: characters that would end the line or steer a
  /// terminal are shown as «?».
  public init(path: String, problem: String, remedy: String) {
    self.path = path
    self.problem = Self.oneLine(problem)
    self.remedy = Self.oneLine(remedy)
  }

  private static func oneLine(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: "?"
      default: scalar
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }

  /// The file and the problem, without the remedy.
  public var description: String { "\(Self.oneLine(path)): \(problem)" }
}
