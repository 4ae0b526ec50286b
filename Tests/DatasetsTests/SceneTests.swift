import Datasets
import Testing
import Torch
import _TestSupport

@Suite struct SceneTests {
  @Test(arguments: [0, 17, 54_321]) func factorsLabelsAndIndexAgree(index: Int) throws {
    let scenes = try SceneDataset()
    #expect(scenes.count == 4 * 4 * 8 * 8 * 8 * 8 * 6 * 3)
    let batch = try scenes.batch([index])
    let numbers = try #require(batch.factors).scalars(as: Int.self)
    #expect(scenes.index(of: numbers) == index)
    #expect(batch.labels?.scalars(as: Int.self) == [numbers[0]])
    #expect(batch.examples.min().item() >= 0 && batch.examples.max().item() <= 1)
  }

  @Test func hueAndBackgroundChangeOnlyTheirPixels() throws {
    let scenes = try SceneDataset()
    func scene(_ hue: Int, _ background: Int) throws -> (image: Tensor, mask: Tensor) {
      let batch = try scenes.batch([scenes.index(of: [1, 3, hue, background, 2, 5, 1, 0])])
      return (batch.examples[0], try #require(batch.extras["segmentation"])[0])
    }
    let (image, mask) = try scene(0, 4)
    // Without the border, whose pixels mix both.
    let inside = -maxPool(
      (-mask).unsqueezed(dim: 0).unsqueezed(dim: 0), size: [3, 3], stride: [1, 1])[0, 0]
    let outside = maxPool(
      mask.unsqueezed(dim: 0).unsqueezed(dim: 0), size: [3, 3], stride: [1, 1])[0, 0]
    let middle = image[.all, 1..<63, 1..<63]
    let otherHue = try scene(3, 4).image[.all, 1..<63, 1..<63]
    let otherBackground = try scene(0, 6).image[.all, 1..<63, 1..<63]
    #expect((abs(middle - otherHue) * (1 - outside)).sum().item() == 0)
    #expect((abs(middle - otherBackground) * inside).sum().item() == 0)
    #expect((abs(middle - otherHue) * inside).sum().item() > 10)
    #expect(inside.sum().item() > 100)
  }

  @Test func theMaskHasTheFiguresArea() throws {
    let scenes = try SceneDataset()
    let radius = 0.22 * 64
    for (shape, area) in [(0, Double.pi * 0.64), (1, 1.96), (2, 1.2990381), (3, 1.8144)] {
      let batch = try scenes.batch([scenes.index(of: [shape, 3, 0, 1, 3, 3, 2, 1])])
      let pixels = try #require(batch.extras["segmentation"]).sum().item()
      #expect(abs(pixels / (radius * radius) - area) < 0.08, "shape \(shape)")
    }
  }

  @Test func captionsTellTheFactors() throws {
    let scenes = try SceneDataset()
    let batch = try scenes.batch([
      scenes.index(of: [3, 3, 0, 4, 0, 0, 0, 1]), scenes.index(of: [0, 0, 2, 0, 4, 7, 3, 0]),
    ])
    #expect(
      batch.captions == [
        "a large striped red cross at the top left on a cyan background",
        "a small plain lime disc at the bottom on a red background",
      ])
  }

  /// Recorded here, so that a change of the drawing asks for a new version in the recipe's text;
  /// another system's sine may round a pixel otherwise.
  #if os(Linux)
    @Test func everyPixelIsPinned() throws {
      let scenes = try SceneDataset(SceneGrid(size: 32))
      let batch = try scenes.batch(Array(stride(from: 3, to: scenes.count, by: 5003)))
      let set = try TensorDataset(
        name: "", schema: DatasetSchema(.colourImage, shape: [3, 32, 32]),
        examples: (batch.examples * 255).to(.uint8))
      #expect(
        set.fingerprint == "sha256:122099177be457bf7cbca270fe8ce118d03e049ac7ce77daedce2542999b3d74"
      )
    }
  #endif
}
