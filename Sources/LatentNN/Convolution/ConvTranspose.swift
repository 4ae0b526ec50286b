public import Torch

/// A transposed convolution of sequences: x `[B, inputs, L]` → y `[B, outputs, L′]`.
///
/// Formula and sizes are `TransposedConvolution`'s. PyTorch: `nn.ConvTranspose1d`.
public final class ConvTranspose1d: TransposedConvolution {
  /// A transposed convolution with everything that can be chosen.
  public init(_ configuration: TransposedConvolutionConfiguration, using generator: Generator) {
    super.init(configuration, rank: 1, using: generator)
  }

  /// A transposed convolution of `inputs` to `outputs` channels.
  public convenience init(
    _ inputs: Int, _ outputs: Int, kernel: Extent, stride: Extent = 1, padding: Extent = 0,
    outputPadding: Extent = 0, bias: Bool = true, using generator: Generator
  ) {
    self.init(
      TransposedConvolutionConfiguration(
        inputs: inputs, outputs: outputs, kernel: kernel, stride: stride, padding: padding,
        outputPadding: outputPadding, bias: bias),
      using: generator)
  }
}

/// A transposed convolution of images: x `[B, inputs, H, W]` → y `[B, outputs, H′, W′]`.
///
/// Formula and sizes are `TransposedConvolution`'s. PyTorch: `nn.ConvTranspose2d`.
public final class ConvTranspose2d: TransposedConvolution {
  /// A transposed convolution with everything that can be chosen.
  public init(_ configuration: TransposedConvolutionConfiguration, using generator: Generator) {
    super.init(configuration, rank: 2, using: generator)
  }

  /// A transposed convolution of `inputs` to `outputs` channels.
  public convenience init(
    _ inputs: Int, _ outputs: Int, kernel: Extent, stride: Extent = 1, padding: Extent = 0,
    outputPadding: Extent = 0, bias: Bool = true, using generator: Generator
  ) {
    self.init(
      TransposedConvolutionConfiguration(
        inputs: inputs, outputs: outputs, kernel: kernel, stride: stride, padding: padding,
        outputPadding: outputPadding, bias: bias),
      using: generator)
  }
}

/// A transposed convolution of volumes: x `[B, inputs, D, H, W]` → y `[B, outputs, D′, H′, W′]`.
///
/// Formula and sizes are `TransposedConvolution`'s. PyTorch: `nn.ConvTranspose3d`.
public final class ConvTranspose3d: TransposedConvolution {
  /// A transposed convolution with everything that can be chosen.
  public init(_ configuration: TransposedConvolutionConfiguration, using generator: Generator) {
    super.init(configuration, rank: 3, using: generator)
  }

  /// A transposed convolution of `inputs` to `outputs` channels.
  public convenience init(
    _ inputs: Int, _ outputs: Int, kernel: Extent, stride: Extent = 1, padding: Extent = 0,
    outputPadding: Extent = 0, bias: Bool = true, using generator: Generator
  ) {
    self.init(
      TransposedConvolutionConfiguration(
        inputs: inputs, outputs: outputs, kernel: kernel, stride: stride, padding: padding,
        outputPadding: outputPadding, bias: bias),
      using: generator)
  }
}
