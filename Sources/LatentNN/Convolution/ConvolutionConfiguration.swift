/// What a convolution is like, apart from its number of spatial dimensions.
public struct ConvolutionConfiguration: Sendable, Hashable, Codable {
  /// What is put around the input.
  public enum Padding: Sendable, Hashable, Codable, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral
  {
    /// This many positions on either side.
    case each(Extent)
    /// As many as keep the size, one more at the end if odd; the stride must be 1.
    case same

    /// The same number on all sides.
    public init(integerLiteral value: Int) { self = .each(Extent(value)) }

    /// A number for each spatial dimension.
    public init(arrayLiteral values: Int...) { self = .each(Extent(values)) }
  }

  /// What stands in the padding.
  public enum Border: String, Sendable, Hashable, Codable {
    /// Zeros.
    case zeros
    /// The input mirrored without its edge.
    case reflect
    /// The nearest element of the input.
    case replicate
    /// The input again from the other side.
    case circular
  }

  /// Channels of the input.
  public var inputs: Int
  /// Channels of the output.
  public var outputs: Int
  /// The size of the window.
  public var kernel: Extent
  /// The distance between windows.
  public var stride: Extent = 1
  /// What is put around the input.
  public var padding: Padding = 0
  /// The distance between the elements of a window.
  public var dilation: Extent = 1
  /// Into how many independent groups the channels fall; both channel numbers are multiples.
  public var groups = 1
  /// Whether a number is added to each output channel.
  public var bias = true
  /// What stands in the padding.
  public var border = Border.zeros
  /// How weights are drawn.
  public var initializer = Initializer.layerDefault

  /// A convolution of `inputs` to `outputs` channels.
  public init(
    inputs: Int, outputs: Int, kernel: Extent, stride: Extent = 1, padding: Padding = 0,
    dilation: Extent = 1, groups: Int = 1, bias: Bool = true, border: Border = .zeros,
    initializer: Initializer = .layerDefault
  ) {
    self.inputs = inputs
    self.outputs = outputs
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
    self.groups = groups
    self.bias = bias
    self.border = border
    self.initializer = initializer
  }
}
