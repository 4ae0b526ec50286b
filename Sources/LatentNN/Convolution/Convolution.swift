public import Torch

/// The part that convolutions of one, two and three dimensions share.
///
/// y[b, o, p] = bias[o] + Σ_{i, k} W[o, i, k] x[b, i, p · stride + k · dilation − padding], a
/// cross-correlation. With n = x + 2 padding − dilation (kernel − 1) − 1 the output's size is
/// ⌊n / stride⌋ + 1 in each dimension. **Shapes**: x `[B, inputs, S…]` or `[inputs, S…]` → y
/// `[B, outputs, S′…]`; `weight` `[outputs, inputs / groups, kernel…]`.
public class Convolution: Module, UnaryLayer, RectifiedLayer {
  /// W, `[outputs, inputs / groups, kernel…]`.
  public let weight: Parameter
  /// One number for each output channel, if any.
  public let bias: Parameter?
  /// What the convolution is like.
  public let configuration: ConvolutionConfiguration

  private let rank: Int
  private let stride: [Int]
  private let dilation: [Int]
  /// Positions before and after, for each dimension.
  private let margins: [(before: Int, after: Int)]

  init(_ configuration: ConvolutionConfiguration, rank: Int, using generator: Generator) {
    let name = "Conv\(rank)d"
    let kernel = configuration.kernel.spread(over: rank, least: 1, of: "kernel", in: name)
    stride = configuration.stride.spread(over: rank, least: 1, of: "stride", in: name)
    dilation = configuration.dilation.spread(over: rank, least: 1, of: "dilation", in: name)
    checkGroups(configuration.groups, configuration.inputs, configuration.outputs, in: name)
    switch configuration.padding {
    case .each(let extent):
      margins = extent.spread(over: rank, least: 0, of: "padding", in: name).map { ($0, $0) }
    case .same:
      require(
        stride.allSatisfy { $0 == 1 }, name,
        "padding `.same` keeps the size, so stride \(stride) must be 1")
      margins = zip(kernel, dilation).map { size, step in
        let total = step * (size - 1)
        return (total / 2, total - total / 2)
      }
    }
    self.rank = rank
    self.configuration = configuration
    let width = configuration.inputs / max(configuration.groups, 1)
    let shape = [configuration.outputs, width] + kernel
    weight = Parameter(configuration.initializer(shape, using: generator))
    let fanIn = shape.dropFirst().reduce(1, *)
    bias =
      configuration.bias
      ? Parameter(defaultBias(configuration.outputs, fanIn: fanIn, using: generator)) : nil
  }

  /// The convolution of `x`; fails as operators do for another number of channels or dimensions.
  public func callAsFunction(_ x: Tensor) -> Tensor { applied(to: x, convolution) }

  func rectified(_ x: Tensor) -> Tensor { applied(to: x, rectifiedConvolution) }

  private func applied(
    to x: Tensor, _ operation: (Tensor, Tensor, Tensor?, ConvolutionOptions) -> Tensor
  ) -> Tensor {
    let isOne = x.rank == rank + 1
    let (input, padding) = padded(isOne ? x.unsqueezed(dim: 0) : x)
    let options = ConvolutionOptions(
      stride: stride, padding: padding, dilation: dilation, groups: configuration.groups)
    let y = operation(input, weight.value, bias?.value, options)
    return isOne ? y.squeezed(dim: 0) : y
  }

  /// `self(silu(norm(x)))` for pictures `[B, inputs, H, W]`, the order of pre-activated residual networks.
  ///
  /// On the CPU the derivative keeps x alone (`preactivatedConvolution`). Fails as the three do.
  public func preactivated(_ x: Tensor, by norm: GroupNorm) -> Tensor {
    guard let scale = norm.weight?.value, let shift = norm.bias?.value, x.rank == 4, rank == 2,
      configuration.border == .zeros, margins.allSatisfy({ $0.before == $0.after })
    else { return self(Torch.silu(norm(x))) }
    let options = ConvolutionOptions(
      stride: stride, padding: margins.map(\.before), dilation: dilation,
      groups: configuration.groups)
    return preactivatedConvolution(
      x, groups: norm.groups, scale: scale, shift: shift, epsilon: norm.epsilon,
      weight: weight.value, bias: bias?.value, options: options)
  }

  /// The input with what the kernel cannot pad itself, and what is left for the kernel.
  private func padded(_ x: Tensor) -> (Tensor, [Int]) {
    if configuration.border == .zeros, margins.allSatisfy({ $0.before == $0.after }) {
      return (x, margins.map(\.before))
    }
    // LibTorch lists margins from the last dimension to the first.
    let list = margins.reversed().flatMap { [$0.before, $0.after] }
    let mode = PaddingMode(rawValue: configuration.border.rawValue) ?? .constant
    return (x.padded(list, mode: mode), [Int](repeating: 0, count: rank))
  }

  /// Channels and window, such as `3 → 32, kernel [4, 4]`.
  public override var details: String {
    "\(configuration.inputs) → \(configuration.outputs), kernel \(Array(weight.shape.dropFirst(2)))"
  }
}

/// Stops unless both channel numbers are multiples of the number of groups.
func checkGroups(_ groups: Int, _ inputs: Int, _ outputs: Int, in name: String) {
  require(
    groups > 0 && inputs % groups == 0 && outputs % groups == 0, name,
    "\(inputs) → \(outputs) channels cannot be split into \(groups) groups, expected multiples")
}
