public import LatentNN
public import Torch

/// x + f(x), f two convolutions behind rectifiers: 3 × 3 to half the channels, 1 × 1 back.
///
/// **Shapes**: `[B, channels, H, W]`, unchanged.
public final class ResidualBlock: Module, UnaryLayer {
  let first: Conv2d
  let second: Conv2d

  /// A block of `channels` channels.
  public init(_ channels: Int, using generator: Generator) {
    let inner = max(channels / 2, 1)
    first = Conv2d(channels, inner, kernel: 3, padding: 1, using: generator)
    second = Conv2d(inner, channels, kernel: 1, using: generator)
  }

  /// x + f(x).
  public func callAsFunction(_ x: Tensor) -> Tensor { x + second(Torch.relu(first(Torch.relu(x)))) }
}

/// Convolutions that halve a picture to a grid of vectors, and their mirror.
///
/// Kernel 4, stride 2, then residual blocks. **Shapes**: `[B, C, H, W]` ↔ `[B, size, H/2ⁿ, W/2ⁿ]`. **Source**: van
/// den Oord et al. 2017, arXiv 1711.00937, section 4.1.
public struct ResidualPlan: Sendable, Hashable {
  /// n.
  public var halvings: Int
  /// Channels of the layers.
  public var channels: Int
  /// Residual blocks, on either side.
  public var blocks: Int

  /// A plan; the paper's has 2 halvings, 256 channels and 2 blocks.
  public init(halvings: Int = 2, channels: Int = 64, blocks: Int = 2) {
    self.halvings = halvings
    self.channels = channels
    self.blocks = blocks
  }

  /// [H, W] of the grid of pictures [C, H, W]; nil if they cannot be halved so often.
  public func grid(of shape: [Int]) -> [Int]? {
    let factor = 1 << halvings
    guard shape.count == 3, shape[1] % factor == 0, shape[2] % factor == 0 else { return nil }
    return [shape[1] / factor, shape[2] / factor]
  }

  /// Pictures of `inputs` channels to grids of `size` numbers.
  public func encoder(_ inputs: Int, size: Int, using generator: Generator) -> Sequential {
    var layers: [any UnaryLayer] = []
    for index in 0..<halvings {
      layers.append(
        Conv2d(
          index == 0 ? inputs : channels, channels, kernel: 4, stride: 2, padding: 1,
          using: generator))
      layers.append(Activation.relu)
    }
    layers.append(
      Conv2d(halvings == 0 ? inputs : channels, channels, kernel: 3, padding: 1, using: generator))
    for _ in 0..<blocks { layers.append(ResidualBlock(channels, using: generator)) }
    return Sequential(
      layers + [Activation.relu, Conv2d(channels, size, kernel: 1, using: generator)])
  }

  /// Grids of `size` numbers to pictures of `outputs` channels.
  public func decoder(_ size: Int, outputs: Int, using generator: Generator) -> Sequential {
    var layers: [any UnaryLayer] = [
      Conv2d(size, channels, kernel: 3, padding: 1, using: generator)
    ]
    for _ in 0..<blocks { layers.append(ResidualBlock(channels, using: generator)) }
    layers.append(Activation.relu)
    for index in 0..<halvings {
      if index > 0 { layers.append(Activation.relu) }
      layers.append(
        ConvTranspose2d(
          channels, index == halvings - 1 ? outputs : channels, kernel: 4, stride: 2, padding: 1,
          using: generator))
    }
    if halvings == 0 { layers.append(Conv2d(channels, outputs, kernel: 1, using: generator)) }
    return Sequential(layers)
  }
}
