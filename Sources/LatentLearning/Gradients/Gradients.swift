public import LatentNN
public import Torch

/// The gradients of a loss as a value: a tensor for each parameter that the loss depends on.
///
/// Nothing accumulates in the model, so nothing needs to be reset: gradients are added, scaled, clipped
/// and handed to `Optimizer.update(with:)`. Tensors have the shape and element type of their parameter.
public struct Gradients {
  /// One parameter's gradient.
  public struct Entry {
    /// The parameter's path in the model that was differentiated.
    public let path: String
    /// The parameter.
    public let parameter: Parameter
    /// The gradient.
    public let gradient: Tensor

    /// A gradient that was found in another way, such as by an estimator.
    ///
    /// **Fails** (stops) if its shape is not the parameter's.
    public init(path: String, parameter: Parameter, gradient: Tensor) {
      require(
        gradient.shape == parameter.shape, "Gradients",
        "the gradient of `\(path)` is \(gradient.shape), expected \(parameter.shape)")
      self.path = path
      self.parameter = parameter
      self.gradient = gradient
    }
  }

  /// The gradients in the order of the model's parameters.
  public let entries: [Entry]
  /// Paths of trainable parameters that the loss does not depend on.
  public let unused: [String]

  /// Gradients of these entries.
  public init(_ entries: [Entry], unused: [String] = []) {
    self.entries = entries
    self.unused = unused
  }

  /// The gradient for `parameter`, or nil if the loss does not depend on it.
  public subscript(parameter: Parameter) -> Tensor? {
    entries.first { $0.parameter === parameter }?.gradient
  }

  /// The gradient for the parameter at `path`, or nil if there is none.
  public subscript(path: String) -> Tensor? {
    entries.first { $0.path == path }?.gradient
  }

  var tensors: [Tensor] { entries.map(\.gradient) }

  /// The same parameters with other tensors.
  func replacing(_ tensors: [Tensor]) -> Gradients {
    let changed = zip(entries, tensors).map {
      Entry(path: $0.path, parameter: $0.parameter, gradient: $1)
    }
    return Gradients(changed, unused: unused)
  }
}

extension Gradients: CustomStringConvertible {
  /// The number of tensors and their norm.
  public var description: String {
    "gradients of \(entries.count) parameters, norm \(norm())"
      + (unused.isEmpty ? "" : "; not used: \(unused.joined(separator: ", "))")
  }
}
