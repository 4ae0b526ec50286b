import Testing
import Torch
import _TestSupport

@testable import Datasets

@Suite struct AugmentationTests {
  private func images(_ n: Int, _ c: Int, _ h: Int, _ w: Int) -> Tensor {
    Tensor.uniform([n, c, h, w], from: 0.2, to: 0.8, using: Generator(seed: 1))
  }

  private func changed(_ x: Tensor, _ transform: Transform, seed: UInt64 = 2) -> Tensor {
    let batch = Batch(examples: x, indices: Array(0..<x.size(0)))
    return transform.apply(to: batch, using: Generator(seed: seed)).examples
  }

  @Test func aWarpOfNothingIsNone() {
    let x = images(3, 2, 6, 9)
    expectClose(changed(x, .warp(RandomWarp())), x, absolute: 1e-5)
    let mirrored = changed(x, .warp(RandomWarp(flip: 1)))
    expectClose(mirrored, x.flipped(dims: [3]), absolute: 1e-5)
  }

  @Test func windowsLieInsideAndHaveTheirShareOfTheArea() {
    let warp = RandomWarp(area: 0.3, aspect: 4.0 / 3, flip: 0.5)
    let maps = warp.transforms(1000, 20, 30, Generator(seed: 3))
    let (a, b) = (abs(maps[.all, 0, 0]), abs(maps[.all, 1, 1]))
    let (x, y) = (abs(maps[.all, 0, 2]), abs(maps[.all, 1, 2]))
    #expect((a + x).max().item() <= 1 + 1e-6 && (b + y).max().item() <= 1 + 1e-6)
    let area = a * b
    #expect(area.max().item() <= 1 + 1e-6)
    // A window that would be wider than the picture is cut, and its area with it.
    #expect(area.min().item() >= 0.3 * 0.99)
    #expect(abs(area.mean().item() - 0.63) < 0.03)
  }

  @Test func turnsKeepDistancesOfPixels() {
    let (height, width) = (20, 30)
    let maps = RandomWarp(degrees: 180).transforms(50, height, width, Generator(seed: 4))
    let pixels = Tensor([[Double(width), 0], [0, Double(height)]])
    let inverse = Tensor([[1 / Double(width), 0], [0, 1 / Double(height)]])
    let turns = matmul(matmul(pixels, maps[.all, .all, 0..<2]), inverse)
    let identity = Tensor.eye(2).expanded([50, 2, 2])
    expectClose(matmul(turns, turns.transposed(1, 2)), identity, absolute: 1e-5)
    #expect(turns[.all, 0, 0].standardDeviation(dims: [0]).item() > 0.5)
  }

  @Test func whatStandsOutsideIsAsked() {
    let ones = Tensor.ones([20, 1, 8, 8])
    for border in RandomWarp.Border.allCases {
      let warp = RandomWarp(degrees: 45, shift: 0.3, border: border)
      let lowest = changed(ones, .warp(warp)).min().item()
      #expect(border == .zeros ? lowest == 0 : lowest > 0.999)
    }
  }

  @Test func hueTurnsAroundGrey() {
    let x = images(40, 3, 4, 4) * 0.5 + 0.25
    let turned = changed(x, .hue(turn: 0.1))
    expectClose(turned.sum(dim: 1), x.sum(dim: 1), absolute: 1e-5)
    expectClose(squared(turned).sum(dim: 1), squared(x).sum(dim: 1), absolute: 1e-5)
    #expect((turned - x).standardDeviation(dims: [0, 1, 2, 3]).item() > 0.01)
    let grey = images(4, 1, 4, 4).expanded([4, 3, 4, 4])
    expectClose(changed(grey, .hue(turn: 0.5)), grey, absolute: 1e-5)
  }

  @Test func greyPicturesHaveEqualChannels() {
    let x = images(4, 3, 4, 4)
    let grey = changed(x, .greyscale(probability: 1))
    let luma = 0.299 * x[.all, 0] + 0.587 * x[.all, 1] + 0.114 * x[.all, 2]
    for channel in 0..<3 { expectClose(grey[.all, channel], luma, absolute: 1e-6) }
    #expect(changed(x, .greyscale(probability: 0)).isEqual(to: x))
  }

  @Test func blurIsAWindowOfWeightOne() {
    let flat = Tensor.full([5, 2, 40, 30], 0.3)
    expectClose(changed(flat, .blur(probability: 1)), flat, absolute: 1e-6)
    let spike = Tensor.ones([1, 1, 1, 1]).padded([6, 6, 6, 6])
    let spread = changed(spike, .blur(probability: 1))
    expectClose(spread.sum(), Tensor(1.0), absolute: 1e-5)
    let rows = spread[0, 0, 6]
    // Separable and even: the centre's neighbours are alike, and the middle is the largest.
    expectClose(rows, rows.flipped(dims: [0]), absolute: 1e-6)
    expectClose(spread[0, 0], spread[0, 0].transposed(0, 1), absolute: 1e-6)
    #expect(spread.argMax().integerItem() == 6 * 13 + 6)
  }

  @Test func solarizedTonesAreBelowAHalf() {
    let x = images(4, 1, 4, 4)
    expectClose(changed(x, .solarize(probability: 1)), minimum(x, 1 - x), absolute: 1e-6)
  }

  @Test func noiseHasItsDeviation() {
    let flat = Tensor.full([10, 1, 30, 30], 0.5)
    let noise = changed(flat, .noise(deviation: 0.1)) - flat
    // 9,000 draws: the standard error of the deviation is 0.0007.
    #expect(abs(noise.standardDeviation(dims: [0, 1, 2, 3]).item() - 0.1) < 0.004)
    #expect(abs(noise.mean().item()) < 0.006)
  }
}
