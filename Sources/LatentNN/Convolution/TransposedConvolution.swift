public import Torch

/// What a transposed convolution is like, apart from its number of spatial dimensions.
public struct TransposedConvolutionConfiguration: Sendable, Hashable, Codable {
  /// Channels of the input.
  public var inputs: Int
  /// Channels of the output.
  public var outputs: Int
  /// The size of the window.
  public var kernel: Extent
  /// The distance between the windows in the output.
  public var stride: Extent = 1
  /// How much is cut off each side of the output.
  public var padding: Extent = 0
  /// How much longer the output is made at its end; less than stride or dilation.
  public var outputPadding: Extent = 0
  /// The distance between the elements of a window.
  public var dilation: Extent = 1
  /// Into how many independent groups the channels fall; both channel numbers are multiples.
  public var groups = 1
  /// Whether a number is added to each output channel.
  public var bias = true
  /// How weights are drawn.
  public var initializer = Initializer.layerDefault

  /// A transposed convolution of `inputs` to `outputs` channels.
  public init(
    inputs: Int, outputs: Int, kernel: Extent, stride: Extent = 1, padding: Extent = 0,
    outputPadding: Extent = 0, dilation: Extent = 1, groups: Int = 1, bias: Bool = true,
    initializer: Initializer = .layerDefault
  ) {
    self.inputs = inputs
    self.outputs = outputs
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.outputPadding = outputPadding
    self.dilation = dilation
    self.groups = groups
    self.bias = bias
    self.initializer = initializer
  }
}

/// The part that transposed convolutions of one, two and three dimensions share: the adjoint of a
/// convolution as a linear map, which makes small images large.
///
/// The output's size is (S − 1) stride − 2 padding + dilation (kernel − 1) + outputPadding + 1 in each
/// dimension; it is no inverse of a convolution. **Shapes**: x `[B, inputs, S…]` or `[inputs, S…]` →
/// y `[B, outputs, S′…]`; `weight` `[inputs, outputs / groups, kernel…]`.
public class TransposedConvolution: Module, UnaryLayer, RectifiedLayer {
  /// W, `[inputs, outputs / groups, kernel…]`.
  public let weight: Parameter
  /// One number for each output channel, if any.
  public let bias: Parameter?
  /// What the convolution is like.
  public let configuration: TransposedConvolutionConfiguration

  private let rank: Int
  private let options: ConvolutionOptions

  init(
    _ configuration: TransposedConvolutionConfiguration, rank: Int, using generator: Generator
  ) {
    let name = "ConvTranspose\(rank)d"
    let kernel = configuration.kernel.spread(over: rank, least: 1, of: "kernel", in: name)
    options = ConvolutionOptions(
      stride: configuration.stride.spread(over: rank, least: 1, of: "stride", in: name),
      padding: configuration.padding.spread(over: rank, least: 0, of: "padding", in: name),
      dilation: configuration.dilation.spread(over: rank, least: 1, of: "dilation", in: name),
      groups: configuration.groups,
      outputPadding: configuration.outputPadding.spread(
        over: rank, least: 0, of: "outputPadding", in: name))
    checkGroups(configuration.groups, configuration.inputs, configuration.outputs, in: name)
    self.rank = rank
    self.configuration = configuration
    let shape =
      [configuration.inputs, configuration.outputs / max(configuration.groups, 1)] + kernel
    weight = Parameter(configuration.initializer(shape, using: generator))
    let fanIn = shape.dropFirst().reduce(1, *)
    bias =
      configuration.bias
      ? Parameter(defaultBias(configuration.outputs, fanIn: fanIn, using: generator)) : nil
  }

  /// The transposed convolution of `x`; fails as operators do for other channels or dimensions.
  public func callAsFunction(_ x: Tensor) -> Tensor { applied(to: x, transposedConvolution) }

  func rectified(_ x: Tensor) -> Tensor { applied(to: x, rectifiedTransposedConvolution) }

  private func applied(
    to x: Tensor, _ operation: (Tensor, Tensor, Tensor?, ConvolutionOptions) -> Tensor
  ) -> Tensor {
    let isOne = x.rank == rank + 1
    let y = operation(isOne ? x.unsqueezed(dim: 0) : x, weight.value, bias?.value, options)
    return isOne ? y.squeezed(dim: 0) : y
  }

  /// Channels and window, such as `32 → 3, kernel [4, 4]`.
  public override var details: String {
    "\(configuration.inputs) → \(configuration.outputs), kernel \(Array(weight.shape.dropFirst(2)))"
  }
}
