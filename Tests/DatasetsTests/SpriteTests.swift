import Datasets
import Testing
import Torch
import _TestSupport

@Suite struct SpriteTests {
  @Test func theGridIsThatOfThePlan() throws {
    let sprites = try SpriteDataset()
    #expect(sprites.count == 3 * 6 * 40 * 32 * 32)
    #expect(sprites.schema.exampleShape == [1, 64, 64])
    #expect(sprites.schema.factors?.map(\.name) == ["shape", "scale", "angle", "x", "y"])
    #expect(sprites.factorSizes == [3, 6, 40, 32, 32])
  }

  @Test(arguments: [0, 1, 31, 32, 12_345, 737_279]) func factorsAndIndexAreInverse(
    index: Int
  ) throws {
    let sprites = try SpriteDataset()
    let numbers = sprites.factorNumbers(at: index)
    #expect(sprites.index(of: numbers) == index)
    let batch = try sprites.batch([index])
    #expect(batch.factors?.scalars(as: Int.self) == numbers)
    #expect(batch.labels?.scalars(as: Int.self) == [numbers[0]])
  }

  /// In units of the squared radius: 2 and π/2; samples of a quarter pixel miss at most 2 %.
  @Test func areasAreThoseOfTheFigures() throws {
    let grid = SpriteGrid(scales: 2, angles: 3, positions: 2, isBinary: false)
    let sprites = try SpriteDataset(grid)
    let radius = 0.17 * 64
    for (shape, area) in [(0, 2.0), (1, Double.pi / 2)] {
      for angle in 0..<3 {
        let index = sprites.index(of: [shape, 1, angle, 0, 1])
        let sum = try sprites.batch([index]).examples.sum().item()
        #expect(abs(sum / (radius * radius) - area) < 0.05)
        let small = try sprites.batch([sprites.index(of: [shape, 0, angle, 0, 1])]).examples
        #expect(abs(sum / small.sum().item() - 4) < 0.15)
      }
    }
  }

  @Test func theMiddleOfTheFigureIsWhereTheFactorsSay() throws {
    let sprites = try SpriteDataset(SpriteGrid(size: 64, positions: 5, isBinary: false))
    let rows = Tensor.arange(64, dtype: .float32) + 0.5
    for (x, y) in [(0, 0), (4, 0), (2, 3), (1, 4)] {
      let numbers = [1, 5, 7, x, y]
      let image = try sprites.batch([sprites.index(of: numbers)]).examples[0, 0]
      let mass = image.sum().item()
      let middle = (image.sum(dim: 0) * rows).sum().item() / mass
      let height = (image.sum(dim: 1) * rows).sum().item() / mass
      #expect(abs(middle - 64 * (0.19 + 0.62 * Double(x) / 4)) < 0.05)
      #expect(abs(height - 64 * (0.19 + 0.62 * Double(y) / 4)) < 0.05)
    }
  }

  @Test func binaryIsCoverageOfAtLeastAHalf() throws {
    let grid = SpriteGrid(size: 32, scales: 3, angles: 5, positions: 3)
    var grey = grid
    grey.isBinary = false
    let indices = Array(stride(from: 0, to: 3 * 3 * 5 * 9, by: 7))
    let binary = try SpriteDataset(grid).batch(indices).examples
    let coverage = try SpriteDataset(grey).batch(indices).examples
    #expect(binary.isEqual(to: (coverage .>= 0.5).to(.float32)))
    #expect(coverage.max().item() == 1 && coverage.min().item() == 0)
  }

  @Test func turnsThatASquareAndAnEllipseDoNotShow() throws {
    let sprites = try SpriteDataset(SpriteGrid(angles: 8, positions: 3))
    func image(_ shape: Int, _ angle: Int) throws -> Tensor {
      try sprites.batch([sprites.index(of: [shape, 5, angle, 1, 1])]).examples
    }
    func difference(_ shape: Int, _ a: Int, _ b: Int) throws -> Double {
      try abs(image(shape, a) - image(shape, b)).sum().item()
    }
    // A pixel whose coverage is a half exactly may fall either way.
    #expect(try difference(0, 1, 3) <= 4 && difference(1, 1, 5) <= 4)
    #expect(try difference(0, 0, 1) > 20 && difference(1, 0, 2) > 20)
    for angle in 1..<8 { #expect(try difference(2, 0, angle) > 20) }
  }

  @Test func figuresStayWhole() throws {
    let sprites = try SpriteDataset(SpriteGrid(scales: 2, angles: 3, positions: 2))
    let images = try sprites.all().examples
    let edges = images[.ellipsis, 0].sum() + images[.ellipsis, 63].sum()
    #expect((edges + images[.all, .all, 0].sum() + images[.all, .all, 63].sum()).item() == 0)
    #expect(images.sum(dims: [1, 2, 3]).min().item() > 0)
  }

  /// Recorded here, so that a change of the drawing asks for a new version in the recipe's text;
  /// another system's sine may round a pixel otherwise.
  #if os(Linux)
    @Test func everyPixelIsPinned() throws {
      let images = try SpriteDataset().batch(Array(stride(from: 5, to: 737_280, by: 7919))).examples
      let set = try TensorDataset(
        name: "", schema: DatasetSchema(.binaryImage, shape: [1, 64, 64]), examples: images)
      #expect(
        set.fingerprint == "sha256:40aad44a3e437d7de7dbf70b7b766d4085ca7df83ce7d964fe1cff954810a2af"
      )
    }
  #endif

  @Test func wrongGridsAreRefused() {
    for grid in [
      SpriteGrid(size: 15), SpriteGrid(size: 65), SpriteGrid(shapes: []), SpriteGrid(angles: 0),
    ] { #expect(throws: DatasetError.self) { try SpriteDataset(grid) } }
  }
}
