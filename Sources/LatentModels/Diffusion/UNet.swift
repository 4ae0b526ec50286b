public import LatentNN
public import Torch

/// Sizes of a U-Net.
public struct UNetSizes: Sendable, Hashable {
  /// Channels at the picture's own size.
  public var channels: Int
  /// Channels at each size over `channels`, from the picture's own size to the smallest.
  public var multipliers: [Int]
  /// Residual blocks at each size on the way down; one more on the way up.
  public var blocks: Int
  /// Heads of the attention at the smallest size; 0 for none.
  public var heads: Int
  /// The probability of dropping an element of a block in training.
  public var dropout: Double

  /// Sizes; DDPM's for CIFAR-10 are 128 channels, multipliers 1, 2, 2, 2, two blocks and dropout 0.1.
  public init(
    channels: Int = 32, multipliers: [Int] = [1, 2, 2], blocks: Int = 2, heads: Int = 1,
    dropout: Double = 0
  ) {
    self.channels = channels
    self.multipliers = multipliers
    self.blocks = blocks
    self.heads = heads
    self.dropout = dropout
  }

  /// The same with as many sizes as a picture of sides `height` and `width` can be halved to.
  public func fitting(height: Int, width: Int) -> UNetSizes {
    var (result, sides) = (self, [height, width])
    var count = 1
    while count < multipliers.count, sides.allSatisfy({ $0 % 2 == 0 && $0 >= 4 }) {
      sides = sides.map { $0 / 2 }
      count += 1
    }
    result.multipliers = Array(multipliers.prefix(count))
    return result
  }
}

/// A denoiser of pictures: residual blocks down to a small grid and up again, with short-cuts across.
///
/// At each size `blocks` residual blocks, then a strided convolution; at the smallest self-attention between two blocks; on the
/// way up the features of the way down beside those that come from below, doubled by nearest neighbours and a convolution. The
/// last convolution starts at zero, so that an untrained network predicts zero. **Shapes**: `[B, C, H, W]`, sides that
/// halve as often as there are multipliers less one. **Source**: Ho, Jain & Abbeel 2020, arXiv 2006.11239, appendix B, after
/// Ronneberger, Fischer & Brox 2015, arXiv 1505.04597.
public final class UNetDenoiser: Module, Denoiser {
  let embedding: LevelEmbedding
  let first: Conv2d
  let down: [[LevelBlock]]
  let shrink: [Conv2d]
  let middle: [LevelBlock]
  let attention: GridAttention?
  let up: [[LevelBlock]]
  let grow: [Conv2d]
  let norm: GroupNorm
  let last: Conv2d

  /// A network for pictures of `channels` channels.
  public init(
    channels: Int, sizes: UNetSizes, classes: Int? = nil, using generator: Generator
  ) {
    precondition(
      sizes.channels > 0 && !sizes.multipliers.isEmpty && sizes.blocks > 0,
      "a U-Net expects channels, multipliers and blocks above zero")
    let told = 4 * sizes.channels
    let widths = sizes.multipliers.map { $0 * sizes.channels }
    func block(_ inputs: Int, _ outputs: Int) -> LevelBlock {
      LevelBlock(inputs, outputs, told: told, dropout: sizes.dropout, using: generator)
    }
    embedding = LevelEmbedding(width: told, classes: classes, using: generator)
    first = Conv2d(channels, sizes.channels, kernel: 3, padding: 1, using: generator)
    var (width, kept) = (sizes.channels, [sizes.channels])
    var (down, shrink) = ([[LevelBlock]](), [Conv2d]())
    for (index, outputs) in widths.enumerated() {
      var blocks: [LevelBlock] = []
      for _ in 0..<sizes.blocks {
        blocks.append(block(width, outputs))
        width = outputs
        kept.append(width)
      }
      down.append(blocks)
      guard index < widths.count - 1 else { continue }
      shrink.append(Conv2d(width, width, kernel: 3, stride: 2, padding: 1, using: generator))
      kept.append(width)
    }
    middle = [block(width, width), block(width, width)]
    attention =
      sizes.heads > 0
      ? GridAttention(width, heads: sizes.heads, using: generator) : nil
    var (up, grow) = ([[LevelBlock]](), [Conv2d]())
    for (index, outputs) in widths.enumerated().reversed() {
      var blocks: [LevelBlock] = []
      for _ in 0...sizes.blocks {
        blocks.append(block(width + kept.removeLast(), outputs))
        width = outputs
      }
      up.append(blocks)
      if index > 0 { grow.append(Conv2d(width, width, kernel: 3, padding: 1, using: generator)) }
    }
    (self.down, self.shrink, self.up, self.grow) = (down, shrink, up, grow)
    norm = GroupNorm(groups: groupCount(width), channels: width)
    last = zeroConvolution(width, channels, using: generator)
  }

  /// The prediction.
  public func callAsFunction(_ noised: Tensor, logSNR: Tensor, labels: Tensor?) -> Tensor {
    let told = silu(embedding(logSNR, count: noised.size(0), labels: labels))
    var x = first(noised)
    var kept = [x]
    for (index, blocks) in down.enumerated() {
      for block in blocks {
        x = block(x, told)
        kept.append(x)
      }
      guard index < shrink.count else { continue }
      x = shrink[index](x)
      kept.append(x)
    }
    x = middle[0](x, told)
    if let attention { x = attention(x) }
    x = middle[1](x, told)
    for (index, blocks) in up.enumerated() {
      for block in blocks { x = block(concatenated([x, kept.removeLast()], dim: 1), told) }
      guard index < grow.count else { continue }
      x = grow[index](
        interpolated(x, size: [2 * x.size(2), 2 * x.size(3)], mode: .nearest))
    }
    return last.preactivated(x, by: norm)
  }
}
