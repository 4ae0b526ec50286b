import LatentNN
import Torch

/// Which pixels a shifted convolution sees.
enum PixelDirection: Sendable {
  /// Rows above and the pixel's own row, to both sides: for the stack that sees whole rows above.
  case down
  /// Rows above and the pixel's own row, from the left up to itself.
  case downRight

  /// The kernel [rows, columns].
  var kernel: [Int] { self == .down ? [2, 3] : [2, 2] }

  /// Zeros at left, right and above, so that the kernel ends in the pixel itself.
  func padded(_ x: Tensor, kernel: [Int]) -> Tensor {
    let sides = self == .down ? (kernel[1] / 2, kernel[1] / 2) : (kernel[1] - 1, 0)
    return x.padded([sides.0, sides.1, kernel[0] - 1, 0])
  }
}

/// A convolution whose output at a pixel depends on pixels above and, by its direction, beside it.
///
/// **Shapes**: `[B, inputs, H, W]` → `[B, outputs, H/stride, W/stride]`, even sides for a stride of 2.
/// **Source**: Salimans et al. 2017, arXiv 1701.05517, section 2.5; van den Oord et al. 2016, arXiv
/// 1606.05328.
final class ShiftedConvolution: Module, UnaryLayer {
  let convolution: Conv2d
  private let direction: PixelDirection
  private let kernel: [Int]

  init(
    _ inputs: Int, _ outputs: Int, _ direction: PixelDirection, kernel: [Int]? = nil,
    stride: Int = 1, initializer: Initializer = .layerDefault, using generator: Generator
  ) {
    self.direction = direction
    self.kernel = kernel ?? direction.kernel
    convolution = Conv2d(
      ConvolutionConfiguration(
        inputs: inputs, outputs: outputs, kernel: Extent(self.kernel), stride: Extent(stride),
        initializer: initializer),
      using: generator)
  }

  func callAsFunction(_ x: Tensor) -> Tensor {
    convolution(direction.padded(x, kernel: kernel))
  }
}

/// The way back from half the size: `[B, inputs, H, W]` → `[B, outputs, 2 H, 2 W]`, as causal.
final class ShiftedUpsampling: Module, UnaryLayer {
  let convolution: ConvTranspose2d
  private let direction: PixelDirection

  init(_ inputs: Int, _ outputs: Int, _ direction: PixelDirection, using generator: Generator) {
    self.direction = direction
    convolution = ConvTranspose2d(
      inputs, outputs, kernel: Extent(direction.kernel), stride: 2, using: generator)
  }

  func callAsFunction(_ x: Tensor) -> Tensor {
    let y = convolution(x)
    return direction == .down ? y[.ellipsis, 1..<(2 * x.size(-1) + 1)] : y
  }
}

/// The rows moved down by one, zeros in the first.
func shiftedDown(_ x: Tensor) -> Tensor {
  x.padded([0, 0, 1, 0])[.ellipsis, 0..<x.size(-2), .all]
}

/// The columns moved right by one, zeros in the first.
func shiftedRight(_ x: Tensor) -> Tensor {
  x.padded([1, 0, 0, 0])[.ellipsis, 0..<x.size(-1)]
}

/// elu(x) and elu(−x) side by side: twice the channels.
func concatenatedElu(_ x: Tensor) -> Tensor { elu(concatenated([x, -x], dim: 1)) }
