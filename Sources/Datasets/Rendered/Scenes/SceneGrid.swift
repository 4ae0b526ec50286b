/// Which scenes there are: how many values each factor takes, and the size.
public struct SceneGrid: Sendable, Hashable {
  /// The side of an image in pixels, 16 to 128.
  public var size: Int
  /// The number of sizes of the object, equally spaced from half of the largest to it.
  public var scales: Int
  /// The number of hues of the object and of the background, equally spaced around the circle.
  public var hues: Int
  /// The number of places along each axis.
  public var positions: Int
  /// The number of angles within half a turn, without its end.
  public var angles: Int

  /// The grid of 4 figures, 4 sizes, 8 hues, 8 backgrounds, 8 × 8 places, 6 angles and 3 textures
  /// in 64 × 64 pixels.
  public init(
    size: Int = 64, scales: Int = 4, hues: Int = 8, positions: Int = 8, angles: Int = 6
  ) {
    self.size = size
    self.scales = scales
    self.hues = hues
    self.positions = positions
    self.angles = angles
  }

  /// The factors in the order of the grid: shape, size, hue, background, x, y, angle, texture.
  public var factors: [Factor] {
    let circle = (0..<hues).map { Double($0) / Double(hues) }
    let places = (0..<positions).map(fraction)
    let turns = (0..<angles).map { Double.pi * Double($0) / Double(angles) }
    return [
      Factor("shape", size: SceneShape.allCases.count),
      Factor("size", size: scales, values: (0..<scales).map(scale)),
      Factor("hue", size: hues, values: circle, isPeriodic: true),
      Factor("background", size: hues, values: circle, isPeriodic: true),
      Factor("x", size: positions, values: places),
      Factor("y", size: positions, values: places),
      Factor("angle", size: angles, values: turns),
      Factor("texture", size: SceneTexture.allCases.count),
    ]
  }

  func scale(_ number: Int) -> Double {
    scales == 1 ? 1 : 0.5 + 0.5 * Double(number) / Double(scales - 1)
  }

  func fraction(_ number: Int) -> Double {
    positions == 1 ? 0.5 : Double(number) / Double(positions - 1)
  }
}

/// The figure of a scene.
public enum SceneShape: String, Sendable, Hashable, CaseIterable {
  /// A disc.
  case disc
  /// A square.
  case square
  /// A triangle of equal sides.
  case triangle
  /// A cross of two bars.
  case cross

  /// Whether a point of the disc of radius 1 lies in the figure at angle 0, v pointing down.
  @inline(__always) func contains(_ u: Float, _ v: Float) -> Bool {
    switch self {
    case .disc: u * u + v * v <= 0.64
    case .square: abs(u) <= 0.7 && abs(v) <= 0.7
    case .triangle: v <= 0.5 && 1.7320508 * abs(u) - v <= 1
    case .cross: (abs(u) <= 0.28 && abs(v) <= 0.95) || (abs(v) <= 0.28 && abs(u) <= 0.95)
    }
  }
}

/// The surface of a scene's figure.
public enum SceneTexture: String, Sendable, Hashable, CaseIterable {
  /// One colour.
  case plain
  /// Bars, turned with the figure.
  case striped
  /// Squares of two brightnesses, turned with the figure.
  case chequered

  /// How much of the colour's brightness is left at a point of the figure.
  @inline(__always) func brightness(_ u: Float, _ v: Float) -> Float {
    let across = Int((v + 2) * 4) % 2
    let along = Int((u + 2) * 4) % 2
    return switch self {
    case .plain: 1
    case .striped: across == 0 ? 1 : 0.55
    case .chequered: across == along ? 1 : 0.55
    }
  }
}

/// Names of hues in captions.
enum HueName {
  private static let names = [
    "red", "orange", "yellow", "lime", "green", "teal", "cyan", "azure", "blue", "violet",
    "magenta", "pink",
  ]

  /// The nearest of twelve names for a hue from 0 to 1.
  static func of(_ hue: Double) -> String { names[Int((hue * 12).rounded()) % 12] }
}
