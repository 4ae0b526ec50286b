import TorchRaw

/// The numbers of a convolution, one a spatial dimension.
public struct ConvolutionOptions: Sendable, Hashable {
  /// Steps between windows.
  public var stride: [Int]
  /// Zeros on both sides.
  public var padding: [Int]
  /// Distance between the kernel's elements.
  public var dilation: [Int]
  /// Groups of channels that do not mix.
  public var groups: Int
  /// Extra size on one side of a transposed convolution's output.
  public var outputPadding: [Int]

  /// Each list has one number a spatial dimension.
  public init(
    stride: [Int], padding: [Int], dilation: [Int], groups: Int = 1, outputPadding: [Int] = []
  ) {
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
    self.groups = groups
    self.outputPadding = outputPadding
  }
}

/// The cross-correlation of `x` [n, cIn, spatial…] with `weight` [cOut, cIn/groups, kernel…].
/// PyTorch: `F.conv1d`, `F.conv2d`, `F.conv3d`.
public func convolution(
  _ x: Tensor, weight: Tensor, bias: Tensor? = nil, options: ConvolutionOptions
) -> Tensor {
  ownConvolution(x, weight, bias, options)
    ?? libTorchConvolution(x, weight, bias, options, isTransposed: false, noExtra(options))
}

/// max(`convolution`, 0), whose numbers are written once where it takes kernels of this package.
public func rectifiedConvolution(
  _ x: Tensor, weight: Tensor, bias: Tensor? = nil, options: ConvolutionOptions
) -> Tensor {
  ownConvolution(x, weight, bias, options, isRectified: true)
    ?? relu(convolution(x, weight: weight, bias: bias, options: options))
}

/// The transpose of `convolution`; `weight` is [cIn, cOut/groups, kernel…].
/// PyTorch: `F.conv_transpose1d`, `F.conv_transpose2d`, `F.conv_transpose3d`.
public func transposedConvolution(
  _ x: Tensor, weight: Tensor, bias: Tensor? = nil, options: ConvolutionOptions
) -> Tensor {
  let extra = options.outputPadding.isEmpty ? noExtra(options) : options.outputPadding
  return ownConvolution(x, weight, bias, options, outputPadding: extra)
    ?? singleChannelImage(x, weight, bias, options, extra)
    ?? libTorchConvolution(x, weight, bias, options, isTransposed: true, extra)
}

/// max(`transposedConvolution`, 0), as `rectifiedConvolution`.
public func rectifiedTransposedConvolution(
  _ x: Tensor, weight: Tensor, bias: Tensor? = nil, options: ConvolutionOptions
) -> Tensor {
  let extra = options.outputPadding.isEmpty ? noExtra(options) : options.outputPadding
  return ownConvolution(x, weight, bias, options, outputPadding: extra, isRectified: true)
    ?? relu(transposedConvolution(x, weight: weight, bias: bias, options: options))
}

private func noExtra(_ options: ConvolutionOptions) -> [Int] {
  [Int](repeating: 0, count: options.stride.count)
}

/// LibTorch's own operator, in the precision of autocast.
func libTorchConvolution(
  _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ options: ConvolutionOptions,
  isTransposed: Bool, _ extra: [Int]
) -> Tensor {
  Tensor(
    call(
      .convolution, x.autocasted.argument, weight.autocasted.argument,
      bias.map(\.autocasted).argument,
      .ints(options.stride), .ints(options.padding), .ints(options.dilation), .bool(isTransposed),
      .ints(extra), .int(options.groups)))
}

/// The windows of images [n, c, h, w] as columns [n, c · kernel, windows]. PyTorch: `F.unfold`.
public func imageToColumns(_ x: Tensor, kernel: [Int], options: ConvolutionOptions) -> Tensor {
  Tensor(
    call(
      .im2col, x.argument, .ints(kernel), .ints(options.dilation), .ints(options.padding),
      .ints(options.stride)))
}

/// The sum of overlapping columns [n, c · kernel, windows] as images of `size`, the transpose of
/// `imageToColumns`. PyTorch: `F.fold`.
public func columnsToImage(
  _ x: Tensor, size: [Int], kernel: [Int], options: ConvolutionOptions
) -> Tensor {
  Tensor(
    call(
      .col2im, x.argument, .ints(size), .ints(kernel), .ints(options.dilation),
      .ints(options.padding), .ints(options.stride)))
}
