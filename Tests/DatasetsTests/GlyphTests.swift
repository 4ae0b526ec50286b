import Datasets
import Testing
import Torch
import _TestSupport

@Suite struct GlyphTests {
  @Test func digitsAreBalancedAndFactorsInTheirRanges() throws {
    let set = try GlyphDataset(GlyphPlan(count: 400))
    let batch = try set.all()
    let labels = try #require(batch.labels)
    #expect(labels.oneHot(classes: 10).sum(dim: 0).scalars(as: Int.self).allSatisfy { $0 == 40 })
    let factors = try #require(batch.factors)
    expectClose(factors[.all, 0], labels.to(.float32))
    #expect(
      set.schema.factors?.map(\.name) == ["digit", "slant", "thickness", "height", "x", "y", "hue"])
    let low = Tensor([0, -0.35, 0.05, 0.5, -0.07, -0.07, 0], dtype: .float32)
    let high = Tensor([9, 0.35, 0.14, 0.72, 0.07, 0.07, 1], dtype: .float32)
    #expect((factors.min(dims: [0]) .>= low).all().item() == 1)
    #expect((factors.max(dims: [0]) .<= high).all().item() == 1)
    #expect(batch.examples.min().item() == 0 && batch.examples.max().item() <= 1)
  }

  /// The one is two straight lines, so without wobble its ink and middle are known.
  @Test func thePenFollowsTheFactors() throws {
    let plan = GlyphPlan(count: 500, size: 128, hasColour: false, wobble: 0)
    let set = try GlyphDataset(plan)
    for index in stride(from: 1, to: 200, by: 10) {
      let batch = try set.batch([index])
      let f = try #require(batch.factors)[0].scalars(as: Double.self)
      let (slant, thickness, height) = (f[1], f[2], f[3])
      // From (0.3, 0.25) and to (0.55, 0.95) by (0.55, 0.05), both in the box of the glyph.
      func end(_ x: Double, _ y: Double) -> (Double, Double) {
        (((x - 0.5) * 0.66 - slant * (y - 0.5)) * height, (y - 0.5) * height)
      }
      let (a, b, c) = (end(0.3, 0.25), end(0.55, 0.05), end(0.55, 0.95))
      let length =
        ((b.0 - a.0) * (b.0 - a.0) + (b.1 - a.1) * (b.1 - a.1)).squareRoot()
        + ((c.0 - b.0) * (c.0 - b.0) + (c.1 - b.1) * (c.1 - b.1)).squareRoot()
      let ink = batch.examples.sum().item() / (128 * 128)
      // Round ends add a disc; where the strokes meet, ink is counted once.
      let expected = length * thickness + Double.pi * thickness * thickness / 4
      #expect(abs(ink / expected - 1) < 0.12, "example \(index)")
      let lowest = (batch.examples[0, 0].sum(dim: 1) .> 0).nonzero().max().item()
      #expect(abs((lowest + 1) / 128 - (0.5 + f[5] + c.1 + thickness / 2)) < 0.012)
    }
  }

  @Test func anExampleDependsOnItsIndexAlone() throws {
    let set = try GlyphDataset(GlyphPlan(count: 100))
    let batch = try set.batch([99, 4])
    #expect(batch.examples[1].isEqual(to: try set.all().examples[4]))
    let other = try GlyphDataset(GlyphPlan(count: 100, seed: 1))
    #expect(!batch.examples.isEqual(to: try other.batch([99, 4]).examples))
  }

  @Test func hueIsTheColoursHue() throws {
    let batch = try GlyphDataset(GlyphPlan(count: 100)).all()
    let hues = try #require(batch.factors)[.all, 6].scalars(as: Double.self)
    let strongest = batch.examples.sum(dims: [2, 3]).argMax(dim: 1).scalars(as: Int.self)
    for (hue, channel) in zip(hues, strongest) {
      let nearest = Int((hue * 3).rounded()) % 3
      let isBetween = abs(hue * 6 - (hue * 6).rounded()) < 0.02
      #expect(channel == nearest || isBetween)
    }
  }
}
