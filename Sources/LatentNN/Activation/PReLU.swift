public import Torch

/// Leaky ReLU whose slopes below zero are learned.
///
/// **Shapes**: with one slope any shape; with C slopes x is `[B, C, …]`. `weight` `[1]` or `[C]`.
/// **Source**: He et al. 2015, arXiv:1502.01852. PyTorch: `nn.PReLU`.
public final class PReLU: Module, UnaryLayer {
  /// The slopes.
  public let weight: Parameter

  /// A layer with `count` slopes that start at `slope`.
  public init(_ count: Int = 1, slope: Double = 0.25) {
    weight = Parameter(Tensor.full([count], slope, device: .cpu))
  }

  /// max(x, 0) + slope · min(x, 0).
  public func callAsFunction(_ x: Tensor) -> Tensor {
    prelu(x, slope: weight.value)
  }
}
