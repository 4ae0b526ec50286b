import LatentNN
import Torch

/// x + a ∘ σ(b), a and b from two shifted convolutions of x, a short-cut and a condition.
///
/// **Shapes**: x `[B, width, H, W]`, short-cut `[B, shortcut, H, W]`, condition `[B, condition, H, W]` or
/// `[B, condition, 1, 1]`. **Randomness**: one dropout mask when `noise` is given. **Source**: Salimans
/// et al. 2017, arXiv 1701.05517, section 2.5 and figure 2.
final class GatedResidualBlock: Module {
  let first: ShiftedConvolution
  let second: ShiftedConvolution
  let side: Conv2d?
  let conditioning: Conv2d?
  private let dropout: Double

  init(
    width: Int, _ direction: PixelDirection, shortcut: Int = 0, condition: Int = 0,
    dropout: Double = 0, using generator: Generator
  ) {
    self.dropout = dropout
    first = ShiftedConvolution(
      2 * width, width, direction, initializer: .kaimingNormal(gain: .linear), using: generator)
    // Small at first, so that a deep stack begins near the identity.
    second = ShiftedConvolution(
      2 * width, 2 * width, direction, initializer: .kaimingNormal(gain: .value(0.1)),
      using: generator)
    side = shortcut > 0 ? Conv2d(2 * shortcut, width, kernel: 1, using: generator) : nil
    conditioning = condition > 0 ? Conv2d(condition, 2 * width, kernel: 1, using: generator) : nil
  }

  func callAsFunction(
    _ x: Tensor, shortcut: Tensor? = nil, condition: Tensor? = nil, noise: Generator? = nil
  ) -> Tensor {
    var y = first(concatenatedElu(x))
    if let side, let shortcut { y += side(concatenatedElu(shortcut)) }
    y = concatenatedElu(y)
    if let noise, dropout > 0 {
      let keep = Tensor.full(like: y.detached(), 1 - dropout)
      y *= Tensor.bernoulli(keep, using: noise) / (1 - dropout)
    }
    y = second(y)
    if let conditioning, let condition { y += conditioning(condition) }
    let parts = y.chunked(2, dim: 1)
    return x + parts[0] * sigmoid(parts[1])
  }
}
