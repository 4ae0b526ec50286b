import Torch

/// Random changes of images [n, c, h, w], drawn for each image.
enum ImageTransforms {
  static func crop(
    _ x: Tensor, _ height: Int, _ width: Int, _ padding: Int, _ generator: Generator
  ) -> Tensor {
    let grown = padding == 0 ? x : x.padded([padding, padding, padding, padding])
    let (n, _, h, w) = grown.shape4
    guard h >= height, w >= width else {
      // Stops with the sizes as the middle crop does.
      return grown[.all, .all, 0..<height, 0..<width].reshaped([n, x.size(1), height, width])
    }
    let tops = Tensor.randint(0..<h - height + 1, [n], using: generator).scalars(as: Int.self)
    let lefts = Tensor.randint(0..<w - width + 1, [n], using: generator).scalars(as: Int.self)
    return stacked(
      (0..<n).map { i in
        grown[i, .all, tops[i]..<tops[i] + height, lefts[i]..<lefts[i] + width]
      })
  }

  static func flip(_ x: Tensor, _ probability: Double, _ generator: Generator) -> Tensor {
    let chosen = Tensor.rand([x.size(0), 1, 1, 1], using: generator) .< probability
    return x.replacing(with: x.flipped(dims: [3]), where: chosen)
  }

  static func jitter(
    _ x: Tensor, _ brightness: Double, _ contrast: Double, _ saturation: Double,
    _ generator: Generator
  ) -> Tensor {
    func factor(_ strength: Double) -> Tensor {
      Tensor.uniform([x.size(0), 1, 1, 1], from: 1 - strength, to: 1 + strength, using: generator)
    }
    var y = x * factor(brightness)
    let middle = y.mean(dims: [1, 2, 3], keepDim: true)
    y = middle + (y - middle) * factor(contrast)
    let grey = y.mean(dims: [1], keepDim: true)
    return (grey + (y - grey) * factor(saturation)).clamped(min: 0, max: 1)
  }
}
