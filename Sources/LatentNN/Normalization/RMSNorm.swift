public import Torch

/// Scales each example by its root mean square: y = x / √(mean x² + ε) · γ.
///
/// **Shapes**: x `[…, shape…]` → y the same; `weight` of `shape`. Without ε it is the element type's
/// unit round-off. **Source**: Zhang and Sennrich 2019, arXiv:1910.07467. PyTorch: `nn.RMSNorm`.
public final class RMSNorm: Module, UnaryLayer {
  /// γ, starts at one.
  public let weight: Parameter?
  /// The last dimensions, over which the mean is taken.
  public let shape: [Int]
  /// ε, or nil for the unit round-off.
  public let epsilon: Double?

  /// A layer over the last dimensions `shape`; `affine` says whether γ exists.
  public init(_ shape: Extent, epsilon: Double? = nil, affine: Bool = true) {
    self.shape = shape.list
    self.epsilon = epsilon
    weight = affine ? Parameter(Tensor.ones(self.shape, device: .cpu)) : nil
  }

  /// `x` scaled; fails as operators do if its last dimensions are not `shape`.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    rmsNorm(x, shape: shape, scale: weight?.value, epsilon: epsilon)
  }

  /// The normalised dimensions.
  public override var details: String { "\(shape)" }
}
