/// A number with the bound that it must keep, fixed in code.
public struct Criterion: Sendable, Hashable {
  /// The side on which the number must lie.
  public enum Bound: Sendable, Hashable {
    /// x ≤ limit.
    case atMost(Double)
    /// x ≥ limit.
    case atLeast(Double)
  }

  /// A short name in kebab case.
  public let name: String
  /// What the number is, in words.
  public let meaning: String
  /// What it must keep.
  public let bound: Bound
  /// What it is measured in, such as `nat`; empty for a plain number.
  public let unit: String

  /// A criterion.
  public init(_ name: String, _ bound: Bound, unit: String = "", _ meaning: String) {
    self.name = name
    self.meaning = meaning
    self.bound = bound
    self.unit = unit
  }

  /// The bound as `≤ 0.05`.
  public var claimed: String {
    switch bound {
    case .atMost(let limit): "≤ \(Self.text(limit))"
    case .atLeast(let limit): "≥ \(Self.text(limit))"
    }
  }

  /// Whether all of the interval keeps the bound; one that holds no number does not.
  public func holds(_ interval: [Double]) -> Bool {
    guard !interval.isEmpty else { return false }
    return interval.allSatisfy { value in
      switch bound {
      case .atMost(let limit): value <= limit
      case .atLeast(let limit): value >= limit
      }
    }
  }

  private static func text(_ limit: Double) -> String {
    Int(exactly: limit).map { "\($0)" } ?? "\(limit)"
  }
}
