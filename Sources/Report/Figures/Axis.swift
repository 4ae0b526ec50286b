/// What an axis of a chart measures.
public struct Axis: Sendable, Hashable, Codable {
  /// The quantity, such as `ELBO`.
  public var title: String
  /// Its unit, such as `nats`; nil for counts.
  public var unit: String?
  /// Whether equal distances mean equal ratios; values at or below zero are then left out.
  public var isLogarithmic: Bool

  /// An axis of a quantity.
  public init(_ title: String, unit: String? = nil, isLogarithmic: Bool = false) {
    self.title = title
    self.unit = unit
    self.isLogarithmic = isLogarithmic
  }

  /// Quantity and unit as they stand beside the axis, such as `ELBO (nats)`.
  public var label: String { unit.map { "\(title) (\($0))" } ?? title }
}
