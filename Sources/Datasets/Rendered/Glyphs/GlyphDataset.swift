import Torch

/// Which glyphs there are.
public struct GlyphPlan: Sendable, Hashable {
  /// The number of glyphs; example i shows the digit i mod 10.
  public var count: Int
  /// The side of an image in pixels, 16 to 128.
  public var size: Int
  /// Whether the ink has a hue; otherwise images are grey.
  public var hasColour: Bool
  /// The standard deviation of each point of the pen's path, as a part of the digit's height.
  public var wobble: Double
  /// What decides all draws.
  public var seed: UInt64

  /// 20,000 coloured glyphs of 32 × 32 pixels.
  public init(
    count: Int = 20_000, size: Int = 32, hasColour: Bool = true, wobble: Double = 0.02,
    seed: UInt64 = 0
  ) {
    self.count = count
    self.size = size
    self.hasColour = hasColour
    self.wobble = wobble
    self.seed = seed
  }
}

/// Rendered digits, written by a pen with varied strokes, slant, thickness, size, place and colour.
///
/// Factors: the digit (discrete), slant (−0.35 to 0.35, the tangent of the lean to the right),
/// thickness (the stroke's width as a part of the side, 0.05 to 0.14), height (0.5 to 0.72 of the
/// side), x and y (the middle's distance from the image's, ±0.07 of the side) and, with colour, hue
/// (0 to 1). Example i is drawn from the seed and i alone, when a batch asks for it.
public final class GlyphDataset: Dataset {
  /// `glyphs`.
  public let name = "glyphs"
  /// Images of one or three channels with the digits as classes.
  public let schema: DatasetSchema
  /// The number of glyphs.
  public let count: Int
  private let plan: GlyphPlan

  /// The glyphs of a plan; throws `DatasetError` for a size outside 16 … 128, a count below 1 or a
  /// wobble outside 0 … 0.2.
  public init(_ plan: GlyphPlan = GlyphPlan()) throws {
    guard (16...128).contains(plan.size), (1...1_000_000_000).contains(plan.count),
      (0...0.2).contains(plan.wobble)
    else {
      throw DatasetError(
        .usage, subject: name,
        problem: "expected a size from 16 to 128, a count from 1 and a wobble from 0 to 0.2, found "
          + "\(plan.size), \(plan.count) and \(plan.wobble)", remedy: "choose other numbers")
    }
    self.plan = plan
    count = plan.count
    let names = ["slant", "thickness", "height", "x", "y"]
    let hue = plan.hasColour ? [Factor(continuous: "hue", isPeriodic: true)] : []
    schema = DatasetSchema(
      plan.hasColour ? .colourImage : .greyImage,
      shape: [plan.hasColour ? 3 : 1, plan.size, plan.size], range: 0...1,
      classNames: (0..<10).map(String.init),
      factors: [Factor("digit", size: 10)] + names.map { Factor(continuous: $0) } + hue)
  }

  /// The hash of the plan, which determines every pixel.
  public var fingerprint: String {
    Fingerprint(
      text: "rendered glyphs 1 count=\(plan.count) size=\(plan.size) colour=\(plan.hasColour) "
        + "wobble=\(plan.wobble) seed=\(plan.seed)\n"
    ).value()
  }

  /// Draws the glyphs with these indices; labels are the digits.
  public func batch(_ indices: [Int]) throws -> Batch {
    try check(indices)
    let channels = schema.exampleShape[0]
    let area = plan.size * plan.size
    var pixels: [Float] = []
    pixels.reserveCapacity(indices.count * channels * area)
    var factors: [Float] = []
    for index in indices {
      var random = ExampleRandom(seed: plan.seed, index: index)
      let glyph = Glyph(digit: index % 10, wobble: plan.wobble, using: &random)
      factors += glyph.factors.prefix(schema.factors?.count ?? 0)
      let ink = glyph.coverage(size: plan.size)
      guard plan.hasColour else {
        pixels += ink
        continue
      }
      let colour = SceneRaster.colour(hue: glyph.hue, saturation: 0.7, value: 1)
      for part in [colour.0, colour.1, colour.2] {
        for value in ink { pixels.append(value * part) }
      }
    }
    let n = indices.count
    return Batch(
      examples: Tensor(pixels, shape: [n, channels, plan.size, plan.size]),
      labels: Tensor(indices.map { $0 % 10 }),
      factors: Tensor(factors, shape: [n, schema.factors?.count ?? 0]), indices: indices)
  }
}
