import Datasets
import Foundation
import Testing
import Torch
import _TestSupport

@Suite struct TransformTests {
  private func images(_ n: Int, _ c: Int, _ h: Int, _ w: Int) -> Batch {
    let values = Tensor.rand([n, c, h, w], using: Generator(seed: 1))
    return Batch(examples: values, indices: Array(0..<n))
  }

  @Test func dynamicBinarizationIsTorchsBernoulli() {
    let batch = images(3, 1, 4, 4)
    let found = Transform.binarizeDynamically.apply(to: batch, using: Generator(seed: 9))
    let expected = Tensor.bernoulli(batch.examples, using: Generator(seed: 9))
    #expect(found.examples.isEqual(to: expected))
  }

  @Test func staticBinarizationBelongsToTheExample() {
    let transform = Transform.binarizeStatically(seed: 4)
    let batch = images(50, 1, 20, 20)
    let first = transform.apply(to: batch, using: Generator(seed: 0)).examples
    var part = batch
    part.examples = batch.examples.selected(Tensor([7, 2]), dim: 0)
    part.indices = [7, 2]
    let again = transform.apply(to: part, using: Generator(seed: 1)).examples
    #expect(again.isEqual(to: first.selected(Tensor([7, 2]), dim: 0)))
    // 20,000 draws: the mean of (bit − probability) has a standard error of at most 0.0036.
    #expect(abs((first - batch.examples).mean().item()) < 0.015)
    #expect((first * (1 - first)).sum().item() == 0)
  }

  @Test func dequantizedNumbersStayInTheirCell() {
    let levels = Tensor.arange(256, dtype: .float32).reshaped([1, 1, 16, 16]) / 255
    let batch = Batch(examples: levels, indices: [0])
    let found = Transform.dequantize(levels: 256).apply(to: batch, using: Generator(seed: 2))
    let cells = (found.examples * 256).to(.int64).to(.float32)
    expectClose(cells, levels * 255, absolute: 1e-3)
  }

  @Test func scalingAndThresholds() {
    let batch = Batch(examples: Tensor([[0, 0.25, 1]]), indices: [0])
    let generator = Generator(seed: 0)
    let scaled = Transform.scale(lower: -1, upper: 1).apply(to: batch, using: generator)
    expectClose(scaled.examples, Tensor([[-1, -0.5, 1]]))
    let bits = Transform.binarize(threshold: 0.25).apply(to: batch, using: generator)
    expectClose(bits.examples, Tensor([[0, 1, 1]]))
  }

  @Test func cropsAreWindows() {
    let batch = images(6, 2, 8, 9)
    let centre = Transform.cropCentre(height: 4, width: 3)
      .apply(to: batch, using: Generator(seed: 0)).examples
    #expect(centre.isEqual(to: batch.examples[.all, .all, 2..<6, 3..<6]))
    let random = Transform.cropRandomly(height: 8, width: 9, padding: 0)
      .apply(to: batch, using: Generator(seed: 0)).examples
    #expect(random.isEqual(to: batch.examples))
    let moved = Transform.cropRandomly(height: 8, width: 9, padding: 1)
      .apply(to: batch, using: Generator(seed: 0)).examples
    let padded = batch.examples.padded([1, 1, 1, 1])
    for row in 0..<6 {
      let isWindow = (0..<9).contains { place in
        let window = padded[row, .all, place / 3..<place / 3 + 8, place % 3..<place % 3 + 9]
        return window.isEqual(to: moved[row])
      }
      #expect(isWindow)
    }
  }

  @Test func aFlipTwiceIsNone() {
    let batch = images(4, 3, 5, 6)
    let flip = Transform.flip(probability: 1)
    let once = flip.apply(to: batch, using: Generator(seed: 0))
    #expect(once.examples[.all, .all, .all, 0].isEqual(to: batch.examples[.all, .all, .all, 5]))
    let twice = flip.apply(to: once, using: Generator(seed: 0))
    #expect(twice.examples.isEqual(to: batch.examples))
    let never = Transform.flip(probability: 0).apply(to: batch, using: Generator(seed: 0))
    #expect(never.examples.isEqual(to: batch.examples))
  }

  @Test func jitterOfStrengthZeroIsNone() {
    let batch = images(4, 3, 5, 6)
    let found = Transform.jitter(brightness: 0, contrast: 0, saturation: 0)
      .apply(to: batch, using: Generator(seed: 0))
    expectClose(found.examples, batch.examples)
    let grey = Transform.jitter(brightness: 0, contrast: 1, saturation: 1)
      .apply(to: batch, using: Generator(seed: 0)).examples
    #expect(grey.min().item() >= 0 && grey.max().item() <= 1)
  }

  @Test(arguments: [
    [Transform.cropCentre(height: 4, width: 3), .binarizeDynamically],
    [.cropRandomly(height: 5, width: 5, padding: 2), .scale(lower: 1, upper: -1)],
    [.dequantize(levels: 256), .flip(probability: 0.5), .binarizeStatically(seed: 3)],
    [.warp(RandomWarp(area: 0.3, flip: 0.5, degrees: 30)), .blur(probability: 0.5)],
    [.solarize(probability: 0.5), .noise(deviation: 0.1), .hue(turn: 0.1)],
  ]) func theSchemaTellsWhatComesOut(transforms: [Transform]) throws {
    let schema = DatasetSchema(.greyImage, shape: [1, 8, 8], range: 0...1)
    let after = transforms.schema(after: schema)
    let batch = transforms.apply(to: images(5, 1, 8, 8), using: Generator(seed: 0))
    #expect(batch.examples.shape == [5] + after.exampleShape)
    let range = try #require(after.range)
    #expect(batch.examples.min().item() >= range.lowerBound)
    #expect(batch.examples.max().item() <= range.upperBound)
    let written = try JSONEncoder().encode(transforms)
    #expect(try JSONDecoder().decode([Transform].self, from: written) == transforms)
  }
}
