/// A white figure on black.
public enum SpriteShape: String, Sendable, Hashable, Codable, CaseIterable {
  /// A square; it looks the same every quarter turn.
  case square
  /// An ellipse of axes 2 : 1; it looks the same every half turn.
  case ellipse
  /// A heart, the set (x² + y² − 1)³ ≤ x²y³; all its angles look different.
  case heart

  /// Whether a point of the disc of radius 1 lies in the figure at angle 0, y pointing up.
  @inline(__always) func contains(_ u: Float, _ v: Float) -> Bool {
    switch self {
    case .square:
      return abs(u) <= 0.70710678 && abs(v) <= 0.70710678
    case .ellipse:
      return u * u + 4 * v * v <= 1
    case .heart:
      let x = 1.3 * u
      let y = 1.3 * v + 0.1
      let ring = x * x + y * y - 1
      return ring * ring * ring <= x * x * y * y * y
    }
  }

  /// The radius of a disc around the middle that the figure covers.
  var innerRadius: Float {
    switch self {
    case .square: 0.70710678
    case .ellipse: 0.5
    case .heart: 0.6
    }
  }
}
