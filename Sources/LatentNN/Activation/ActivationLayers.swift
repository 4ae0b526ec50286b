public import Torch

// So that `Sequential(Linear(…), .relu, Linear(…))` can be written.
extension UnaryLayer where Self == Activation {
  /// `Activation.relu`.
  public static var relu: Activation { Activation.relu }
  /// `Activation.leakyRelu(slope:)`.
  public static func leakyRelu(slope: Double) -> Activation { Activation.leakyRelu(slope: slope) }
  /// `Activation.elu`.
  public static var elu: Activation { Activation.elu }
  /// `Activation.selu`.
  public static var selu: Activation { Activation.selu }
  /// `Activation.gelu`.
  public static var gelu: Activation { Activation.gelu }
  /// `Activation.silu`.
  public static var silu: Activation { Activation.silu }
  /// `Activation.mish`.
  public static var mish: Activation { Activation.mish }
  /// `Activation.softplus`.
  public static var softplus: Activation { Activation.softplus }
  /// `Activation.tanh`.
  public static var tanh: Activation { Activation.tanh }
  /// `Activation.sigmoid`.
  public static var sigmoid: Activation { Activation.sigmoid }
}

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
