/// One paper of the survey: what it does, what it claims, and when the claim counts as shown.
public struct Paper: Codable, Sendable, Hashable {
  /// How much of the paper fits the package's scale.
  public enum Tier: String, Codable, Sendable {
    /// The whole.
    case whole = "A"
    /// On a stand-in that the package trains.
    case standIn = "B"
    /// A check or a table.
    case check = "C"
  }

  /// `P` and three digits.
  public let id: String
  /// The title.
  public let title: String
  /// The arXiv number, or nil.
  public let arxiv: String?
  /// `method` and the like.
  public let kind: String
  /// The family of methods, such as `core-vae`.
  public let family: String
  /// How it works, in one sentence.
  public let mechanism: String
  /// What it claims, in one sentence.
  public let headline: String
  /// The parts that it is made of.
  public let parts: [String]
  /// The acceptance, set before anything was trained.
  public let acceptance: String
  /// How much of it fits.
  public let tier: Tier
  /// How much work it is, 1 … 5.
  public let weight: Int

  private enum CodingKeys: String, CodingKey {
    case id, title, arxiv, kind, family, mechanism, headline, parts, tier, weight
    case acceptance = "works_when"
  }
}
