import LatentNN
import Torch

/// x + f(x), f two normalised convolutions between which the level is added to each channel.
///
/// **Shapes**: x `[B, inputs, H, W]`, level `[B, told]` → `[B, outputs, H, W]`.
final class LevelBlock: Module {
  let norms: [GroupNorm]
  let first: Conv2d
  let level: Linear
  let second: Conv2d
  let shortcut: Conv2d?
  let dropout: Dropout

  init(_ inputs: Int, _ outputs: Int, told: Int, dropout: Double, using generator: Generator) {
    norms = [inputs, outputs].map { GroupNorm(groups: groupCount($0), channels: $0) }
    first = Conv2d(inputs, outputs, kernel: 3, padding: 1, using: generator)
    level = Linear(told, outputs, using: generator)
    second = zeroConvolution(outputs, outputs, using: generator)
    shortcut = inputs == outputs ? nil : Conv2d(inputs, outputs, kernel: 1, using: generator)
    self.dropout = Dropout(dropout, using: generator)
  }

  func callAsFunction(_ x: Tensor, _ told: Tensor) -> Tensor {
    let shift = level(told).unsqueezed(dim: -1).unsqueezed(dim: -1)
    let inner = first.preactivated(x, by: norms[0]) + shift
    let isWhole = dropout.probability == 0 || dropout.mode != .training
    let change =
      isWhole
      ? second.preactivated(inner, by: norms[1]) : second(dropout(silu(norms[1](inner))))
    return (shortcut?(x) ?? x) + change
  }
}

/// x + attention of all places of a grid to each other, behind a normalisation.
final class GridAttention: Module {
  let norm: GroupNorm
  let attention: MultiHeadAttention

  init(_ channels: Int, heads: Int, using generator: Generator) {
    norm = GroupNorm(groups: groupCount(channels), channels: channels)
    attention = MultiHeadAttention(channels, heads: heads, using: generator)
  }

  func callAsFunction(_ x: Tensor) -> Tensor {
    let rows = norm(x).flattened(from: 2).transposed(1, 2)
    return x + attention(rows).transposed(1, 2).reshaped(x.shape)
  }
}

/// The most groups, 32 at most, that leave four channels or more to each.
func groupCount(_ channels: Int) -> Int {
  (1...32).last { channels % $0 == 0 && channels / $0 >= 4 } ?? 1
}

/// A 3 × 3 convolution whose output starts at zero.
func zeroConvolution(_ inputs: Int, _ outputs: Int, using generator: Generator) -> Conv2d {
  var configuration = ConvolutionConfiguration(
    inputs: inputs, outputs: outputs, kernel: 3, padding: 1, bias: false)
  configuration.initializer = .zeros
  return Conv2d(configuration, using: generator)
}
