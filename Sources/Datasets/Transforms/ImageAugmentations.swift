import Torch

/// Random changes of colour and sharpness of images [n, c, h, w], drawn for each image.
extension ImageTransforms {
  /// `changed` with this probability for each image, otherwise `x`.
  private static func sometimes(
    _ probability: Double, _ x: Tensor, _ changed: Tensor, _ generator: Generator
  ) -> Tensor {
    let chosen = Tensor.rand([x.size(0), 1, 1, 1], using: generator) .< probability
    return x.replacing(with: changed, where: chosen)
  }

  static func hue(_ x: Tensor, _ turn: Double, _ generator: Generator) -> Tensor {
    let angle = Tensor.uniform(
      [x.size(0), 1, 1], from: -2 * .pi * turn, to: 2 * .pi * turn, using: generator)
    guard x.size(1) == 3 else { return x }
    // Rodrigues' formula for a rotation around (1, 1, 1)/√3.
    let across = Tensor([[0, -1, 1], [1, 0, -1], [-1, 1, 0]]).to(x.device) / 3.0.squareRoot()
    let identity = Tensor.eye(3, device: x.device)
    let rotation = cos(angle) * identity + (1 - cos(angle)) / 3 + sin(angle) * across
    return einsum("nij,njhw->nihw", rotation, x).clamped(min: 0, max: 1)
  }

  static func greyscale(_ x: Tensor, _ probability: Double, _ generator: Generator) -> Tensor {
    guard x.size(1) == 3 else { return sometimes(0, x, x, generator) }
    let luma = Tensor([0.299, 0.587, 0.114]).to(x.device).reshaped([1, 3, 1, 1])
    let grey = (x * luma).sum(dim: 1, keepDim: true).expanded(x.shape)
    return sometimes(probability, x, grey, generator)
  }

  static func blur(_ x: Tensor, _ probability: Double, _ generator: Generator) -> Tensor {
    let (n, _, height, width) = x.shape4
    let deviation = Tensor.uniform([n, 1, 1, 1], from: 0.1, to: 2, using: generator)
    let radius = Swift.max(1, Swift.min(height, width) / 20)
    var windows: [Tensor] = []
    for place in -radius...radius {
      windows.append(exp(-Double(place * place) / (2 * squared(deviation))))
    }
    let total = windows.dropFirst().reduce(windows[0]) { $0 + $1 }
    func along(_ x: Tensor, _ widths: [Int], _ part: (Tensor, Int) -> Tensor) -> Tensor {
      let grown = x.padded(widths, mode: .replicate)
      return windows.indices.dropFirst().reduce(part(grown, 0) * windows[0]) {
        $0 + part(grown, $1) * windows[$1]
      } / total
    }
    let rows = along(x, [0, 0, radius, radius]) { $0[.all, .all, $1..<$1 + height] }
    let blurred = along(rows, [radius, radius, 0, 0]) { $0[.all, .all, .all, $1..<$1 + width] }
    return sometimes(probability, x, blurred, generator)
  }

  static func solarize(_ x: Tensor, _ probability: Double, _ generator: Generator) -> Tensor {
    sometimes(probability, x, x.replacing(with: 1 - x, where: x .>= 0.5), generator)
  }

  static func noise(_ x: Tensor, _ deviation: Double, _ generator: Generator) -> Tensor {
    (x + deviation * Tensor.randn(x.shape, using: generator)).clamped(min: 0, max: 1)
  }
}
