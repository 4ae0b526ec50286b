public import Distributions
public import Torch

/// Which map of numbers a network gives the parameters of.
public enum ElementwiseFamily: Sendable, Hashable {
  /// y = m + x eˢ with |s| kept below 3 by 3 tanh(s/3), so that deep flows do not overflow.
  case affine
  /// y = σ x + (1 − σ) m with the gate σ = sigmoid(3 tanh(s/3) + 1.5), the stable form of inverse autoregressive flows
  /// (Kingma et al. 2016, arXiv 1606.04934, algorithm 1).
  case gated
  /// A rational quadratic spline of this many bins in the square of ±`bound`.
  case spline(bins: Int, bound: Double)

  /// How many parameters a number's map has.
  public var parameterCount: Int {
    switch self {
    case .affine, .gated: 2
    case .spline(let bins, _): RationalQuadraticSplineBijector.parameterCount(bins: bins)
    }
  }

  /// The maps of these parameters `[…, d, parameterCount]`, elementwise on `[…, d]`; all zero is near the
  /// identity.
  public func bijector(_ parameters: Tensor) -> any Bijector {
    switch self {
    case .affine:
      let parts = parameters.unbound(dim: -1)
      return AffineBijector(shift: parts[0], scale: exp(3 * tanh(parts[1] / 3)))
    case .gated:
      let parts = parameters.unbound(dim: -1)
      let gate = sigmoid(3 * tanh(parts[1] / 3) + 1.5)
      return AffineBijector(shift: (1 - gate) * parts[0], scale: gate)
    case .spline(_, let bound):
      return RationalQuadraticSplineBijector(parameters, bound: bound)
    }
  }
}
