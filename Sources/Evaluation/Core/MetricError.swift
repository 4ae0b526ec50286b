import Torch

/// A metric that has no answer for this input: which, what was expected and found, what to do.
///
/// Both texts are one line each.
public struct MetricError: Error, CustomStringConvertible, Sendable {
  /// The metric's name, or the part of the input that is wrong.
  public let subject: String
  /// What was expected and what was found.
  public let problem: String
  /// What the user can do.
  public let remedy: String

  /// A metric and its problem.
  public init(metric: String, _ problem: String, remedy: String) {
    // FileError makes texts out of files fit for one line.
    let plain = FileError(path: metric, problem: problem, remedy: remedy)
    subject = metric
    self.problem = plain.problem
    self.remedy = plain.remedy
  }

  /// The metric and the problem, without the remedy.
  public var description: String { "\(subject): \(problem)" }
}
