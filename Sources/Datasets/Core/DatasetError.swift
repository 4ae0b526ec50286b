import Torch

/// A data set that cannot be had, or a wrong request to one: which, what is wrong, what to do.
///
/// Both texts are one line each. Trouble with a particular file is a `FileError` instead.
public struct DatasetError: Error, CustomStringConvertible, Sendable {
  /// Whose mistake it is, and so the command's exit code.
  public enum Kind: Int32, Sendable {
    /// A word or number that cannot be meant: exit code 2.
    case usage = 2
    /// Data that are missing or broken on this machine: exit code 3.
    case environment = 3
  }

  /// Whose mistake it is.
  public let kind: Kind
  /// The source or data set as it was named.
  public let subject: String
  /// What was expected and what was found.
  public let problem: String
  /// What the user can do.
  public let remedy: String

  /// The exit code of a command that ends with this error.
  public var exitCode: Int32 { kind.rawValue }

  /// The data set and the problem, without the remedy.
  public var description: String {
    FileError(path: subject, problem: problem, remedy: remedy).description
  }

  package init(_ kind: Kind, subject: String, problem: String, remedy: String) {
    self.kind = kind
    self.subject = subject
    // FileError makes texts out of files fit for one line.
    let plain = FileError(path: subject, problem: problem, remedy: remedy)
    self.problem = plain.problem
    self.remedy = plain.remedy
  }
}
