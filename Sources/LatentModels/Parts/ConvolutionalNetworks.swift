public import LatentNN
public import Torch

/// Convolutions that halve a picture again and again, and their mirror.
///
/// Kernel 4, stride 2, padding 1, with ReLU, as long as the sides are even and above 4; then a dense
/// layer of `hidden` units. For 64 × 64 pictures these are 32, 32, 64 and 64 channels and 256 units,
/// the network of the disentanglement literature. **Shapes**: `[B, C, H, W]` → `[B, hidden]`, and
/// codes `[B, size]` → `[B, outputs, H, W]`. **Source**: Burgess et al. 2018, arXiv 1804.03599,
/// appendix A.
public struct ConvolutionalPlan: Sendable, Hashable {
  /// Channels of the picture.
  public let channels: Int
  /// The sides of the picture, then of each layer's output.
  public let sides: [[Int]]
  /// The channels of each layer's output.
  public let widths: [Int]
  /// Units of the dense layer.
  public let hidden: Int

  /// A plan for pictures of this shape [C, H, W]; nil if they cannot be halved.
  public init?(exampleShape: [Int], hidden: Int = 256) {
    guard exampleShape.count == 3 else { return nil }
    channels = exampleShape[0]
    var sides = [[exampleShape[1], exampleShape[2]]]
    while let last = sides.last, last.allSatisfy({ $0 > 4 && $0.isMultiple(of: 2) }) {
      sides.append(last.map { $0 / 2 })
    }
    guard sides.count > 1 else { return nil }
    self.sides = sides
    widths = (1..<sides.count).map { $0 <= 2 ? 32 : 64 }
    self.hidden = hidden
  }

  /// Pictures to features.
  public func encoder(using generator: Generator) -> Sequential {
    var layers: [any UnaryLayer] = []
    for (inputs, outputs) in zip([channels] + widths, widths) {
      layers.append(Conv2d(inputs, outputs, kernel: 4, stride: 2, padding: 1, using: generator))
      layers.append(Activation.relu)
    }
    layers += [Flatten(), Linear(bottom.reduce(1, *), hidden, using: generator), Activation.relu]
    return Sequential(layers)
  }

  /// Codes of `size` numbers to pictures of `outputs` channels.
  public func decoder(from size: Int, outputs: Int, using generator: Generator) -> Sequential {
    var layers: [any UnaryLayer] = [
      Linear(size, hidden, using: generator), Activation.relu,
      Linear(hidden, bottom.reduce(1, *), using: generator), Activation.relu, Unflatten(bottom),
    ]
    let wide = Array(widths.reversed())
    for (index, (inputs, out)) in zip(wide, wide.dropFirst() + [outputs]).enumerated() {
      if index > 0 { layers.append(Activation.relu) }
      layers.append(
        ConvTranspose2d(inputs, out, kernel: 4, stride: 2, padding: 1, using: generator))
    }
    return Sequential(layers)
  }

  /// The shape of the last convolution's output.
  private var bottom: [Int] { [widths[widths.count - 1]] + sides[sides.count - 1] }
}
