public import Torch

/// The gated linear unit: the first half of `dim` times the sigmoid of the second.
///
/// **Source**: Dauphin et al. 2016, arXiv:1612.08083. PyTorch: `nn.GLU`.
public struct GLU: UnaryLayer, Sendable {
  /// The dimension that is halved.
  public let dim: Int

  /// A unit that halves `dim`.
  public init(dim: Int = -1) { self.dim = dim }

  /// a σ(b) for the halves a, b of x; fails as operators do for an odd size.
  public func callAsFunction(_ x: Tensor) -> Tensor { glu(x, dim: dim) }
}
