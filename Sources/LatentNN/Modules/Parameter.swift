public import Torch

/// A tensor that training changes: a weight, a bias, a gain.
///
/// A parameter has identity. Two layers that hold the same `Parameter` share ("tie") it, and it is
/// trained, counted and saved once. Declare it with `let` in a `Module`; its name is the path of
/// properties that leads to it, such as `encoder.layers.0.weight`.
///
/// Only optimisers, `Module.load(_:)` and `Module.to(_:)` change the value. They change it in place,
/// so a tensor read from `value` shows the new numbers; `value.detached().cloned()` keeps the old ones.
///
/// PyTorch: `torch.nn.Parameter`.
public final class Parameter {
  /// The current value, a leaf of the gradient graph while `isTrainable`.
  public private(set) var value: Tensor

  /// Whether gradients are taken with respect to this parameter.
  ///
  /// `Module.freeze(where:)` sets it for many at once. PyTorch: `requires_grad`.
  public var isTrainable: Bool {
    get { value.requiresGradient }
    set { value = newValue ? value.requiringGradient() : value.detached() }
  }

  /// A parameter that starts as a copy of `value`.
  ///
  /// - Parameter value: any shape, a floating-point element type.
  public init(_ value: Tensor) {
    require(
      value.dtype.isFloatingPoint, "Parameter",
      "the element type is \(value.dtype), expected a floating-point type; a Buffer holds integers")
    self.value = value.detached().copiedToRows().requiringGradient()
  }

  /// The shape of the value.
  public var shape: [Int] { value.shape }

  /// The number of elements.
  public var count: Int { value.count }

  /// Overwrites the elements, keeping shape, element type and device.
  package func assign(_ source: Tensor) {
    withoutGradients { value.copyInPlace(from: source) }
  }

  /// Replaces the tensor by one of another device or element type.
  package func replace(by tensor: Tensor) {
    value = isTrainable ? tensor.requiringGradient() : tensor.detached()
  }
}
