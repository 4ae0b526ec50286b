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
  /// The command that does it; empty for none.
  public var command: String

  /// A finding.
  public init(
    _ severity: Severity, _ title: String, text: String, remedy: String = "", command: String = ""
  ) {
    self.severity = severity
    self.title = title
    self.text = text
    self.remedy = remedy
    self.command = command
  }
}

extension Finding {
  private enum CodingKeys: String, CodingKey { case severity, title, text, remedy, command }

  /// Reads a finding; one without a command has none.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      try values.decode(Severity.self, forKey: .severity),
      try values.decode(String.self, forKey: .title),
      text: try values.decode(String.self, forKey: .text),
      remedy: try values.decode(String.self, forKey: .remedy),
      command: try values.decodeIfPresent(String.self, forKey: .command) ?? "")
  }
}
