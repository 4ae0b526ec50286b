/// A white figure on black.
public enum SpriteShape: String, Sendable, Hashable, Codable, CaseIterable {
  /// A square; it looks the same every quarter turn.
  case square
  /// An ellipse of axes 2 : 1; it looks the same every half turn.
  case ellipse
  /// A heart: discs of radius 0.47 around (±0.43, 0.28) and their tangents from the tip (0, −0.95);
  /// all its angles look different.
  case heart

  /// Whether a point of the disc of radius 1 lies in the figure at angle 0, y pointing up.
  @inline(__always) func contains(_ u: Float, _ v: Float) -> Bool {
    switch self {
    case .square:
      return abs(u) <= 0.70710678 && abs(v) <= 0.70710678
    case .ellipse:
      return u * u + 4 * v * v <= 1
    case .heart:
      let x = abs(u)
      let lobe = (x - 0.43) * (x - 0.43) + (v - 0.28) * (v - 0.28)
      if lobe <= 0.2209 { return true }
      // Above the tangent and below the line from (0, 0.28) to where it touches.
      return v + 0.95 >= 1.1744595 * x && v - 0.28 <= -0.3867429 * x
    }
  }

  /// The radius of a disc around the middle that the figure covers.
  var innerRadius: Float {
    switch self {
    case .square: 0.70710678
    case .ellipse: 0.5
    case .heart: 0.46
    }
  }
}
