public import Torch

/// A convolution of sequences: x `[B, inputs, L]` → y `[B, outputs, L′]`.
///
/// Formula and sizes are `Convolution`'s. PyTorch: `nn.Conv1d`.
public final class Conv1d: Convolution {
  /// A convolution with everything that can be chosen.
  public init(_ configuration: ConvolutionConfiguration, using generator: Generator) {
    super.init(configuration, rank: 1, using: generator)
  }

  /// A convolution of `inputs` to `outputs` channels.
  public convenience init(
    _ inputs: Int, _ outputs: Int, kernel: Extent, stride: Extent = 1,
    padding: ConvolutionConfiguration.Padding = 0, bias: Bool = true, using generator: Generator
  ) {
    self.init(
      ConvolutionConfiguration(
        inputs: inputs, outputs: outputs, kernel: kernel, stride: stride, padding: padding,
        bias: bias),
      using: generator)
  }
}

/// A convolution of images: x `[B, inputs, H, W]` → y `[B, outputs, H′, W′]`.
///
/// Formula and sizes are `Convolution`'s. PyTorch: `nn.Conv2d`.
public final class Conv2d: Convolution {
  /// A convolution with everything that can be chosen.
  public init(_ configuration: ConvolutionConfiguration, using generator: Generator) {
    super.init(configuration, rank: 2, using: generator)
  }

  /// A convolution of `inputs` to `outputs` channels.
  public convenience init(
    _ inputs: Int, _ outputs: Int, kernel: Extent, stride: Extent = 1,
    padding: ConvolutionConfiguration.Padding = 0, bias: Bool = true, using generator: Generator
  ) {
    self.init(
      ConvolutionConfiguration(
        inputs: inputs, outputs: outputs, kernel: kernel, stride: stride, padding: padding,
        bias: bias),
      using: generator)
  }
}

/// A convolution of volumes: x `[B, inputs, D, H, W]` → y `[B, outputs, D′, H′, W′]`.
///
/// Formula and sizes are `Convolution`'s. PyTorch: `nn.Conv3d`.
public final class Conv3d: Convolution {
  /// A convolution with everything that can be chosen.
  public init(_ configuration: ConvolutionConfiguration, using generator: Generator) {
    super.init(configuration, rank: 3, using: generator)
  }

  /// A convolution of `inputs` to `outputs` channels.
  public convenience init(
    _ inputs: Int, _ outputs: Int, kernel: Extent, stride: Extent = 1,
    padding: ConvolutionConfiguration.Padding = 0, bias: Bool = true, using generator: Generator
  ) {
    self.init(
      ConvolutionConfiguration(
        inputs: inputs, outputs: outputs, kernel: kernel, stride: stride, padding: padding,
        bias: bias),
      using: generator)
  }
}
