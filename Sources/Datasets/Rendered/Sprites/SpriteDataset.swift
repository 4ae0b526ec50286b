import Torch

/// Which sprites there are: the figures, how many values the other factors take, and the size.
public struct SpriteGrid: Sendable, Hashable {
  /// The side of an image in pixels, 16 to 64.
  public var size: Int
  /// The figures.
  public var shapes: [SpriteShape]
  /// The number of scales, equally spaced from 0.5 to 1.
  public var scales: Int
  /// The number of angles, equally spaced over a whole turn without its end.
  public var angles: Int
  /// The number of places along each axis, equally spaced over the part that keeps figures whole.
  public var positions: Int
  /// Whether pixels are 0 or 1; otherwise they are the part that the figure covers.
  public var isBinary: Bool

  /// The grid of 3 figures, 6 scales, 40 angles and 32 × 32 places, in 64 × 64 pixels.
  public init(
    size: Int = 64, shapes: [SpriteShape] = SpriteShape.allCases, scales: Int = 6,
    angles: Int = 40, positions: Int = 32, isBinary: Bool = true
  ) {
    self.size = size
    self.shapes = shapes
    self.scales = scales
    self.angles = angles
    self.positions = positions
    self.isBinary = isBinary
  }

  /// The factors in the order of the grid: shape, scale, angle in radians, x and y from 0 to 1.
  public var factors: [Factor] {
    let turn = 2 * Double.pi
    return [
      Factor("shape", size: shapes.count),
      Factor("scale", size: scales, values: (0..<scales).map(scale)),
      Factor(
        "angle", size: angles, values: (0..<angles).map { turn * Double($0) / Double(angles) },
        isPeriodic: true),
      Factor("x", size: positions, values: (0..<positions).map(fraction)),
      Factor("y", size: positions, values: (0..<positions).map(fraction)),
    ]
  }

  private func scale(_ number: Int) -> Double {
    scales == 1 ? 1 : 0.5 + 0.5 * Double(number) / Double(scales - 1)
  }

  private func fraction(_ number: Int) -> Double {
    positions == 1 ? 0.5 : Double(number) / Double(positions - 1)
  }

  /// The largest figure's radius and the first place of its middle, as parts of the side.
  private static let radius = 0.17
  private static let margin = 0.19

  func pose(_ numbers: [Int]) -> SpritePose {
    let side = Double(size)
    func place(_ number: Int) -> Float {
      Float(side * (Self.margin + (1 - 2 * Self.margin) * fraction(number)))
    }
    return SpritePose(
      shape: shapes[numbers[0]], radius: Float(side * Self.radius * scale(numbers[1])),
      angle: Float(2 * Double.pi * Double(numbers[2]) / Double(angles)), x: place(numbers[3]),
      y: place(numbers[4]))
  }
}

/// Rendered sprites: a white figure on black for every combination of five factors.
///
/// Images [1, size, size] are drawn when a batch asks for them, the same every time: a figure is
/// sampled at 4 × 4 places a pixel, and a pixel is 1 where at least half of them are covered.
public final class SpriteDataset: FactorGrid {
  /// `sprites`.
  public let name = "sprites"
  /// Images of one channel and five discrete factors.
  public let schema: DatasetSchema
  /// The number of combinations.
  public let count: Int
  private let grid: SpriteGrid

  /// All sprites of a grid.
  ///
  /// Throws `DatasetError` for a size outside 16 … 64, a factor without values, or more than 10⁹
  /// combinations.
  public init(_ grid: SpriteGrid = SpriteGrid()) throws {
    let sizes = grid.factors.map { $0.size ?? 0 }
    var count = 1
    for size in sizes { count = count.multipliedReportingOverflow(by: max(0, size)).partialValue }
    guard (16...64).contains(grid.size), sizes.allSatisfy({ (1...4096).contains($0) }),
      (1...1_000_000_000).contains(count)
    else {
      throw DatasetError(
        .usage, subject: name,
        problem: "expected a size from 16 to 64 and 1 to 4096 values a factor, found \(grid.size) "
          + "and \(sizes)", remedy: "choose a smaller grid")
    }
    self.grid = grid
    self.count = count
    schema = DatasetSchema(
      grid.isBinary ? .binaryImage : .greyImage, shape: [1, grid.size, grid.size], range: 0...1,
      classNames: grid.shapes.map(\.rawValue), factors: grid.factors)
  }

  /// The hash of the recipe, which determines every pixel.
  public var fingerprint: String {
    let shapes = grid.shapes.map(\.rawValue).joined(separator: "+")
    return Fingerprint(
      text: "rendered sprites 1 size=\(grid.size) shapes=\(shapes) scales=\(grid.scales) "
        + "angles=\(grid.angles) positions=\(grid.positions) binary=\(grid.isBinary)\n"
    ).value()
  }

  /// Draws the sprites with these indices; labels are the figures.
  public func batch(_ indices: [Int]) throws -> Batch {
    try check(indices)
    let size = grid.size
    var pixels = [Float](repeating: 0, count: indices.count * size * size)
    var factors = [Float](repeating: 0, count: indices.count * 5)
    pixels.withUnsafeMutableBufferPointer { buffer in
      guard let canvas = buffer.baseAddress else { return }
      for (row, index) in indices.enumerated() {
        let numbers = factorNumbers(at: index)
        for (column, number) in numbers.enumerated() { factors[5 * row + column] = Float(number) }
        SpriteRaster.draw(
          grid.pose(numbers), size: size, binary: grid.isBinary, into: canvas + row * size * size)
      }
    }
    let table = Tensor(factors, shape: [indices.count, 5])
    return Batch(
      examples: Tensor(pixels, shape: [indices.count, 1, size, size]),
      labels: table[.all, 0].to(.int64), factors: table, indices: indices)
  }
}
