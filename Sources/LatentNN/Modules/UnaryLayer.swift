public import Torch

/// A layer from one tensor to one tensor, the common arity: it can stand in a `Sequential`.
public protocol UnaryLayer {
  /// The layer's output for `x`.
  func callAsFunction(_ x: Tensor) -> Tensor
}

/// The layer that returns its input. PyTorch: `nn.Identity`.
public struct Identity: UnaryLayer, Sendable {
  /// The identity.
  public init() {}

  /// `x` itself.
  public func callAsFunction(_ x: Tensor) -> Tensor { x }
}

/// A function as a layer, for steps without parameters such as a reshape.
///
/// Parameters that the function has captured are not found: give those a `Module` of their own.
public struct Function: UnaryLayer {
  private let function: (Tensor) -> Tensor

  /// A layer that applies `function`.
  public init(_ function: @escaping (Tensor) -> Tensor) { self.function = function }

  /// What the function returns for `x`.
  public func callAsFunction(_ x: Tensor) -> Tensor { function(x) }
}

/// Joins dimensions into one: `[B, C, H, W]` → `[B, C · H · W]` by default. PyTorch: `nn.Flatten`.
public struct Flatten: UnaryLayer, Sendable {
  /// The first dimension that is joined.
  public let start: Int

  /// Joins all dimensions from `start` on.
  public init(from start: Int = 1) { self.start = start }

  /// `x` with its dimensions from `start` on as one.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    x.flattened(from: start)
  }
}

/// Splits the last dimension: `[B, C · H · W]` → `[B, C, H, W]`. PyTorch: `nn.Unflatten(-1, shape)`.
public struct Unflatten: UnaryLayer, Sendable {
  /// The shape that the last dimension becomes.
  public let shape: [Int]

  /// Splits the last dimension into `shape`.
  public init(_ shape: [Int]) { self.shape = shape }

  /// `x` with its last dimension as `shape`; fails as `reshaped` does if the product differs.
  public func callAsFunction(_ x: Tensor) -> Tensor { x.reshaped(x.shape.dropLast() + shape) }
}

/// A layer that can write its numbers rectified at once.
protocol RectifiedLayer: UnaryLayer {
  /// max(self(x), 0).
  func rectified(_ x: Tensor) -> Tensor
}
