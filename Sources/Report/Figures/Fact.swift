/// A name and what it stands for, such as an option and its value.
public struct Fact: Sendable, Hashable, Codable {
  /// The name.
  public var name: String
  /// What it stands for, as text.
  public var value: String

  /// A name and its value.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
