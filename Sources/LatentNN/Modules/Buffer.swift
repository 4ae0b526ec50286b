public import Torch

/// A tensor that belongs to a model and is saved with it but is not trained by gradients: running
/// statistics, an exponential moving average, a fixed table.
///
/// PyTorch: `register_buffer`.
public final class Buffer {
  /// The current value. It never carries a gradient graph: what is assigned is detached.
  public var value: Tensor {
    didSet { if value.requiresGradient { value = value.detached() } }
  }

  /// Whether `Module.state` holds the buffer. PyTorch: `persistent`.
  public let isSaved: Bool

  /// A buffer that starts as a copy of `value`.
  ///
  /// - Parameters:
  ///   - value: any shape and element type.
  ///   - isSaved: false for what can be computed again, such as a table of positions.
  public init(_ value: Tensor, isSaved: Bool = true) {
    self.value = value.detached().copiedToRows()
    self.isSaved = isSaved
  }

  /// Overwrites the elements, keeping shape, element type and device.
  package func assign(_ source: Tensor) {
    withoutGradients { value.copyInPlace(from: source) }
  }
}
