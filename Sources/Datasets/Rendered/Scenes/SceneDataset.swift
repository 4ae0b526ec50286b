import Torch

/// Rendered scenes: a coloured, textured figure before a coloured background, for every
/// combination of eight factors, with a caption and a mask.
///
/// Images [3, size, size] are drawn when a batch asks for them, the same every time. The part
/// `segmentation` [n, size, size] is 1 where a pixel belongs to the figure and 0 elsewhere.
public final class SceneDataset: FactorGrid {
  /// `scenes`.
  public let name = "scenes"
  /// Images of three channels and eight discrete factors.
  public let schema: DatasetSchema
  /// The number of combinations.
  public let count: Int
  private let grid: SceneGrid

  /// All scenes of a grid.
  ///
  /// Throws `DatasetError` for a size outside 16 … 128 or a factor outside 1 … 64 values.
  public init(_ grid: SceneGrid = SceneGrid()) throws {
    let sizes = [grid.scales, grid.hues, grid.positions, grid.angles]
    guard (16...128).contains(grid.size), sizes.allSatisfy({ (1...64).contains($0) }) else {
      throw DatasetError(
        .usage, subject: name,
        problem: "expected a size from 16 to 128 and 1 to 64 values a factor, found \(grid.size) "
          + "and \(sizes)", remedy: "choose a smaller grid")
    }
    self.grid = grid
    count = grid.factors.reduce(1) { $0 * ($1.size ?? 1) }
    schema = DatasetSchema(
      .colourImage, shape: [3, grid.size, grid.size], range: 0...1,
      classNames: SceneShape.allCases.map(\.rawValue), factors: grid.factors)
  }

  /// The hash of the recipe, which determines every pixel.
  public var fingerprint: String {
    Fingerprint(
      text: "rendered scenes 1 size=\(grid.size) scales=\(grid.scales) hues=\(grid.hues) "
        + "positions=\(grid.positions) angles=\(grid.angles)\n"
    ).value()
  }

  /// Draws the scenes with these indices; labels are the figures.
  public func batch(_ indices: [Int]) throws -> Batch {
    try check(indices)
    let area = grid.size * grid.size
    let numbers = indices.map { factorNumbers(at: $0) }
    var planes = [Float](repeating: 0, count: indices.count * 3 * area)
    var masks = [Float](repeating: 0, count: indices.count * area)
    planes.withUnsafeMutableBufferPointer { planes in
      masks.withUnsafeMutableBufferPointer { masks in
        guard let image = planes.baseAddress, let mask = masks.baseAddress else { return }
        for (row, factors) in numbers.enumerated() {
          SceneRaster.draw(
            pose(factors), size: grid.size, planes: image + row * 3 * area,
            mask: mask + row * area)
        }
      }
    }
    let n = indices.count
    let table = Tensor(numbers.flatMap { $0 }.map { Float($0) }, shape: [n, 8])
    return Batch(
      examples: Tensor(planes, shape: [n, 3, grid.size, grid.size]),
      labels: table[.all, 0].to(.int64), factors: table,
      extras: ["segmentation": Tensor(masks, shape: [n, grid.size, grid.size])],
      captions: numbers.map(caption), indices: indices)
  }

  private func pose(_ numbers: [Int]) -> ScenePose {
    let side = Double(grid.size)
    func place(_ number: Int) -> Float { Float(side * (0.24 + 0.52 * grid.fraction(number))) }
    func hue(_ number: Int) -> Double { Double(number) / Double(grid.hues) }
    return ScenePose(
      shape: SceneShape.allCases[numbers[0]], texture: SceneTexture.allCases[numbers[7]],
      radius: Float(side * 0.22 * grid.scale(numbers[1])),
      angle: Float(Double.pi * Double(numbers[6]) / Double(grid.angles)), x: place(numbers[4]),
      y: place(numbers[5]),
      colour: SceneRaster.colour(hue: hue(numbers[2]), saturation: 0.8, value: 0.95),
      background: SceneRaster.colour(hue: hue(numbers[3]), saturation: 0.35, value: 0.6))
  }

  /// Such as «a large striped red cross at the top left on a teal background».
  private func caption(_ numbers: [Int]) -> String {
    let extent = Self.third(numbers[1], of: grid.scales, ["small", "medium", "large"])
    let hue = HueName.of(Double(numbers[2]) / Double(grid.hues))
    let behind = HueName.of(Double(numbers[3]) / Double(grid.hues))
    let across = Self.third(numbers[4], of: grid.positions, ["left", "", "right"])
    let along = Self.third(numbers[5], of: grid.positions, ["top", "", "bottom"])
    let place = [along, across].filter { !$0.isEmpty }.joined(separator: " ")
    let surface = "\(SceneTexture.allCases[numbers[7]])"
    let figure = "\(extent) \(surface) \(hue) \(SceneShape.allCases[numbers[0]])"
    let position = place.isEmpty ? "in the middle" : "at the \(place)"
    return "a \(figure) \(position) on a \(behind) background"
  }

  private static func third(_ number: Int, of count: Int, _ words: [String]) -> String {
    count == 1 ? words[1] : words[min(2, number * 3 / count)]
  }
}
