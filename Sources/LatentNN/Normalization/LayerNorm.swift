public import Torch

/// Normalises each example over its last dimensions: y = (x − μ) / √(σ² + ε) · γ + β, σ² the biased
/// variance.
///
/// **Shapes**: x `[…, shape…]` → y the same; `weight` and `bias` of `shape`. No running moments, no
/// difference between the modes. **Source**: Ba et al. 2016, arXiv:1607.06450. PyTorch: `nn.LayerNorm`.
public final class LayerNorm: Module, UnaryLayer {
  /// γ, starts at one.
  public let weight: Parameter?
  /// β, starts at zero.
  public let bias: Parameter?
  /// The last dimensions, over which the moments are taken.
  public let shape: [Int]
  /// ε, added to the variance.
  public let epsilon: Double

  /// A layer over the last dimensions `shape`; `affine` says whether γ exists, `bias` whether β does
  /// beside it.
  public init(
    _ shape: Extent, epsilon: Double = 1e-5, affine: Bool = true, bias: Bool = true
  ) {
    self.shape = shape.list
    self.epsilon = epsilon
    weight = affine ? Parameter(Tensor.ones(self.shape, device: .cpu)) : nil
    self.bias = affine && bias ? Parameter(Tensor.zeros(self.shape, device: .cpu)) : nil
  }

  /// `x` normalised; fails as operators do if its last dimensions are not `shape`.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    layerNorm(x, shape: shape, scale: weight?.value, shift: bias?.value, epsilon: epsilon)
  }

  /// The normalised dimensions.
  public override var details: String { "\(shape)" }
}
