public import LatentNN
public import Torch

/// The sizes of a `PixelCNNNetwork`.
public struct PixelCNNSizes: Sendable, Hashable {
  /// Channels of every layer.
  public var width: Int
  /// Gated blocks at each scale, on the way down and on the way up.
  public var blocks: Int
  /// Scales: 1 stays at full size, each further one halves the sides.
  public var scales: Int
  /// The probability of dropping an element between the two convolutions of a block.
  public var dropout: Double
  /// Whether the way up sees the layers of the way down.
  public var hasShortcuts: Bool

  /// Sizes; those of the paper are 160 channels, 5 blocks, 3 scales and dropout 0.5.
  public init(
    width: Int = 32, blocks: Int = 2, scales: Int = 2, dropout: Double = 0,
    hasShortcuts: Bool = true
  ) {
    self.width = width
    self.blocks = blocks
    self.scales = scales
    self.dropout = dropout
    self.hasShortcuts = hasShortcuts
  }

  /// What the sides of a picture must be multiples of.
  public var multiple: Int { 1 << (scales - 1) }
}

/// Features of each pixel that depend on the pixels before it in raster order, and on no other.
///
/// One stack of layers sees all rows above, a second one also the row's pixels at the left. Both go
/// through `scales` sizes down and up again with long short-cuts between layers of a size. Weights are
/// not normalised, unlike the original's. **Shapes**: x `[B, inputs, H, W]` → `[B, width, H, W]`, H and W
/// multiples of `sizes.multiple`; condition `[B, condition, H, W]` or `[B, condition, 1, 1]`. **Source**:
/// Salimans, Karpathy, Chen & Kingma 2017, arXiv 1701.05517, sections 2.3 to 2.5.
public final class PixelCNNNetwork: Module {
  /// The sizes.
  public let sizes: PixelCNNSizes
  let above: ShiftedConvolution
  let aboveRow: ShiftedConvolution
  let left: ShiftedConvolution
  let down: [ScalePair]
  let shrink: [ShiftedConvolution]
  let up: [ScalePair]
  let grow: [ShiftedUpsampling]

  /// A network for `inputs` channels and a condition of `condition` channels, 0 for none.
  public init(
    inputs: Int, condition: Int = 0, sizes: PixelCNNSizes, using generator: Generator
  ) {
    self.sizes = sizes
    let width = sizes.width
    // One more channel of ones shows where the picture ends.
    above = ShiftedConvolution(inputs + 1, width, .down, kernel: [2, 3], using: generator)
    aboveRow = ShiftedConvolution(inputs + 1, width, .down, kernel: [1, 3], using: generator)
    left = ShiftedConvolution(inputs + 1, width, .downRight, kernel: [2, 1], using: generator)
    func pair(_ isUp: Bool, _ index: Int) -> ScalePair {
      let extra = isUp && index > 0 ? 1 : 0
      return ScalePair(
        sizes, count: sizes.blocks + extra, joins: isUp && sizes.hasShortcuts,
        condition: condition, using: generator)
    }
    down = (0..<sizes.scales).map { pair(false, $0) }
    up = (0..<sizes.scales).map { pair(true, $0) }
    let steps = 0..<(2 * (sizes.scales - 1))
    func direction(_ index: Int) -> PixelDirection { index.isMultiple(of: 2) ? .down : .downRight }
    shrink = steps.map {
      ShiftedConvolution(width, width, direction($0), stride: 2, using: generator)
    }
    grow = steps.map { ShiftedUpsampling(width, width, direction($0), using: generator) }
  }

  /// The features; `noise` is the source of dropout, nil for none.
  public func callAsFunction(
    _ x: Tensor, condition: Tensor? = nil, noise: Generator? = nil
  ) -> Tensor {
    let ones = Tensor.ones(like: x[.all, 0..<1].detached())
    let input = concatenated([x, ones], dim: 1)
    var u = shiftedDown(above(input))
    var ul = shiftedDown(aboveRow(input)) + shiftedRight(left(input))
    var passed: [(Tensor, Tensor)] = [(u, ul)]
    let conditions = pyramid(condition)
    for scale in 0..<sizes.scales {
      for block in down[scale].blocks {
        (u, ul) = block(u, ul, shortcut: nil, conditions[scale], noise)
        passed.append((u, ul))
      }
      if scale < sizes.scales - 1 {
        (u, ul) = (shrink[2 * scale](u), shrink[2 * scale + 1](ul))
        passed.append((u, ul))
      }
    }
    (u, ul) = passed.removeLast()
    for scale in 0..<sizes.scales {
      for block in up[scale].blocks {
        let shortcut = passed.removeLast()
        (u, ul) = block(
          u, ul, shortcut: sizes.hasShortcuts ? shortcut : nil,
          conditions[sizes.scales - 1 - scale], noise)
      }
      if scale < sizes.scales - 1 { (u, ul) = (grow[2 * scale](u), grow[2 * scale + 1](ul)) }
    }
    return elu(ul)
  }

  /// The condition at each scale: means of 2 × 2 neighbours, or the same where it has no places.
  private func pyramid(_ condition: Tensor?) -> [Tensor?] {
    var levels: [Tensor?] = [condition]
    for _ in 1..<max(sizes.scales, 1) {
      levels.append(
        levels[levels.count - 1].map { $0.size(-1) == 1 ? $0 : averagePool($0, size: [2, 2]) })
    }
    return levels
  }
}

/// The blocks of one scale.
final class ScalePair: Module {
  let blocks: [StackPair]

  init(
    _ sizes: PixelCNNSizes, count: Int, joins: Bool, condition: Int, using generator: Generator
  ) {
    blocks = (0..<count).map { _ in
      StackPair(sizes, joins: joins, condition: condition, using: generator)
    }
  }
}

/// A block of the stack above and one of the stack to the left, which sees the first.
final class StackPair: Module {
  let above: GatedResidualBlock
  let left: GatedResidualBlock

  init(_ sizes: PixelCNNSizes, joins: Bool, condition: Int, using generator: Generator) {
    let width = sizes.width
    above = GatedResidualBlock(
      width: width, .down, shortcut: joins ? width : 0, condition: condition,
      dropout: sizes.dropout, using: generator)
    left = GatedResidualBlock(
      width: width, .downRight, shortcut: joins ? 2 * width : width, condition: condition,
      dropout: sizes.dropout, using: generator)
  }

  func callAsFunction(
    _ u: Tensor, _ ul: Tensor, shortcut: (Tensor, Tensor)?, _ condition: Tensor?,
    _ noise: Generator?
  ) -> (Tensor, Tensor) {
    let u = above(u, shortcut: shortcut?.0, condition: condition, noise: noise)
    let side = shortcut.map { concatenated([u, $0.1], dim: 1) } ?? u
    return (u, left(ul, shortcut: side, condition: condition, noise: noise))
  }
}
