/// What a run learned from.
public struct DataCard: Sendable, Hashable, Codable {
  /// The name under which it is asked for, such as `digits`.
  public var name: String
  /// What it is, in a sentence or two.
  public var summary: String
  /// Its facts in order: examples a split, shape, origin, licence, fingerprint.
  public var facts: [Fact]

  /// A card of a data set.
  public init(name: String, summary: String, facts: [Fact]) {
    self.name = name
    self.summary = summary
    self.facts = facts
  }
}
