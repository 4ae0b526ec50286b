/// Something that was found out about a run, with its remedy.
public struct Finding: Sendable, Hashable, Codable {
  /// How much it matters.
  public enum Severity: String, Sendable, Codable {
    /// As it should be.
    case good
    /// Worth knowing.
    case notice
    /// To be mended.
    case problem
  }

  /// How much it matters.
  public var severity: Severity
  /// What was found, in a few words.
  public var title: String
  /// The numbers behind it, in a sentence or two.
  public var text: String
  /// What to do; empty when there is nothing to do.
  public var remedy: String

  /// A finding.
  public init(_ severity: Severity, _ title: String, text: String, remedy: String = "") {
    self.severity = severity
    self.title = title
    self.text = text
    self.remedy = remedy
  }
}
