/// A published number beside which a reproduction's own are read; no criterion.
public struct Reference: Sendable, Hashable {
  /// What was measured, on which data.
  public let what: String
  /// The numbers as published, with their unit.
  public let values: String
  /// Who published them.
  public let source: String

  /// A published number.
  public init(_ what: String, _ values: String, source: String) {
    self.what = what
    self.values = values
    self.source = source
  }
}
