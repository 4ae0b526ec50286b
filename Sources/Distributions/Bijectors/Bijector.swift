public import Torch

/// An invertible differentiable map y = f(x) with a known Jacobian determinant.
///
/// Laws: `inverse(forward(x))` is x, and `logDeterminant(x)` is log |det ∂f/∂x|. A map whose event
/// has k dimensions works on the last k dimensions of its input and keeps the number of elements;
/// its log-determinant has the shape of the input without these. Flows conform to it.
/// PyTorch: `torch.distributions.Transform`.
public protocol Bijector {
  /// How many of the last dimensions one input has; 0 for elementwise maps.
  var eventDims: Int { get }

  /// f(x).
  func forward(_ x: Tensor) -> Tensor

  /// The x with f(x) = y.
  func inverse(_ y: Tensor) -> Tensor

  /// log |det ∂f/∂x| at x.
  func logDeterminant(_ x: Tensor) -> Tensor

  /// f(x) and its log-determinant; a type overrides it where both together are cheaper.
  func forwardWithLogDeterminant(_ x: Tensor) -> (y: Tensor, logDeterminant: Tensor)

  /// The x with f(x) = y and the log-determinant of f there; a type overrides it where both
  /// together are cheaper.
  func inverseWithLogDeterminant(_ y: Tensor) -> (x: Tensor, logDeterminant: Tensor)

  /// The image of a set of numbers, by default all real numbers.
  func image(of support: Constraint) -> Constraint

  /// The same map without the history of its parameters.
  func detached() -> Self
}

extension Bijector {
  /// 0: elementwise.
  public var eventDims: Int { 0 }

  /// By the two methods one after the other.
  public func forwardWithLogDeterminant(_ x: Tensor) -> (y: Tensor, logDeterminant: Tensor) {
    (forward(x), logDeterminant(x))
  }

  /// By the two methods one after the other.
  public func inverseWithLogDeterminant(_ y: Tensor) -> (x: Tensor, logDeterminant: Tensor) {
    let x = inverse(y)
    return (x, logDeterminant(x))
  }

  /// All real numbers in every component.
  public func image(of support: Constraint) -> Constraint {
    support.eventDims == 0 ? .real : .each(.real, dims: support.eventDims)
  }

  /// Itself.
  public func detached() -> Self { self }

  /// The map the other way round.
  public var inverted: InverseBijector<Self> { InverseBijector(self) }
}
