public import Torch

/// A set of tensors: the support of a distribution or the allowed values of a parameter.
///
/// PyTorch: `torch.distributions.constraints`.
public indirect enum Constraint {
  /// Any finite number.
  case real
  /// Numbers above zero.
  case positive
  /// Numbers from zero.
  case nonNegative
  /// Numbers of [0, 1].
  case unitInterval
  /// Numbers of (−1, 1).
  case symmetricUnitInterval
  /// Numbers of [lower, upper], bounds that broadcast with the value.
  case between(Tensor, Tensor)
  /// Numbers above a bound that broadcasts with the value.
  case above(Tensor)
  /// 0 or 1.
  case boolean
  /// Integers from zero.
  case nonNegativeInteger
  /// Integers 0 ..< count.
  case index(count: Int)
  /// Multiples of 2/(levels − 1) from −1 to 1.
  case levels(Int)
  /// Vectors of numbers from 0 that sum to 1.
  case simplex
  /// Vectors with one 1 among zeros.
  case oneHot
  /// Vectors of norm 1.
  case unitVector
  /// Vectors x of the Lorentz model of hyperbolic space, −x₀² + Σ xᵢ² = −1 and x₀ > 0.
  case hyperboloid
  /// Lower triangular matrices with a positive diagonal.
  case lowerCholesky
  /// Logits: no element is NaN or +∞.
  case logits
  /// Each of the last `dims` dimensions belongs to the event and all its elements satisfy a
  /// constraint.
  case each(Constraint, dims: Int)

  /// How many of the last dimensions one element of the set takes.
  public var eventDims: Int {
    switch self {
    case .simplex, .oneHot, .unitVector, .hyperboloid: 1
    case .lowerCholesky: 2
    case .each(let inner, let dims): inner.eventDims + dims
    default: 0
    }
  }
}

extension Constraint {
  /// Whether the set is made of isolated points, so that probabilities are no densities.
  public var isDiscrete: Bool {
    switch self {
    case .boolean, .nonNegativeInteger, .index, .levels, .oneHot: true
    case .each(let inner, _): inner.isDiscrete
    default: false
    }
  }

  /// The constraint without bounds that belong to members of a batch.
  var withoutBounds: Constraint {
    switch self {
    case .between, .above: .real
    case .each(let inner, let dims): .each(inner.withoutBounds, dims: dims)
    default: self
    }
  }

  /// Where `value` satisfies the constraint: a bool tensor without the event's dimensions.
  ///
  /// Equalities hold to about the square root of the type's precision.
  public func contains(_ value: Tensor) -> Tensor {
    let tolerance = (value.dtype.epsilon ?? 0).squareRoot()
    switch self {
    case .real: return value.isFinite
    case .positive: return (value .> 0) .& value.isFinite
    case .nonNegative: return (value .>= 0) .& value.isFinite
    case .unitInterval: return (value .>= 0) .& (value .<= 1)
    case .symmetricUnitInterval: return abs(value) .< 1
    case .between(let lower, let upper): return (value .>= lower) .& (value .<= upper)
    case .above(let bound): return (value .> bound) .& value.isFinite
    case .boolean: return (value .== 0) .| (value .== 1)
    case .nonNegativeInteger: return (value .>= 0) .& (value .== round(value))
    case .index(let count): return (value .>= 0) .& (value .< count) .& (value .== floor(value))
    case .levels(let count):
      let scaled = (value + 1) * (Double(count - 1) / 2)
      return (abs(scaled - round(scaled)) .< 1e-3) .& (abs(value) .<= 1 + tolerance)
    case .simplex:
      return (value .>= 0).all(dim: -1) .& (abs(value.sum(dim: -1) - 1) .<= tolerance)
    case .oneHot:
      let sums = value.sum(dim: -1) .== 1
      return Constraint.boolean.contains(value).all(dim: -1) .& sums
    case .unitVector: return abs(value.norm(dims: [-1]) - 1) .<= tolerance
    case .hyperboloid: return Self.onHyperboloid(value, tolerance: tolerance)
    case .lowerCholesky: return Self.isLowerCholesky(value)
    case .logits: return .!(value.isNaN .| (value .== Double.infinity))
    case .each(let inner, let dims):
      return (0..<dims).reduce(inner.contains(value)) { mask, _ in mask.all(dim: -1) }
    }
  }

  private static func onHyperboloid(_ value: Tensor, tolerance: Double) -> Tensor {
    let time = value[.ellipsis, 0]
    let space = squared(value[.ellipsis, 1...]).sum(dim: -1)
    // Both squares grow with the distance from the origin, and their rounding errors with them.
    let slack = (squared(time) + space) * tolerance
    return (abs(space - squared(time) + 1) .<= slack) .& (time .> 0)
  }

  private static func isLowerCholesky(_ value: Tensor) -> Tensor {
    let above = value.upperTriangle(diagonal: 1) .== 0
    let diagonal = (value.diagonal() .> 0).all(dim: -1)
    return above.all(dim: -1).all(dim: -1) .& diagonal .& value.isFinite.all(dim: -1).all(dim: -1)
  }
}

extension Constraint: CustomStringConvertible {
  /// The constraint in words, as errors use it.
  public var description: String {
    switch self {
    case .real: "finite numbers"
    case .positive: "finite numbers above 0"
    case .nonNegative: "finite numbers from 0"
    case .unitInterval: "numbers of [0, 1]"
    case .symmetricUnitInterval: "numbers of (-1, 1)"
    case .between: "numbers within the bounds"
    case .above: "finite numbers above the lower bound"
    case .boolean: "0 or 1"
    case .nonNegativeInteger: "integers from 0"
    case .index(let count): "integers 0 to \(count - 1)"
    case .levels(let count): "one of \(count) levels from -1 to 1"
    case .simplex: "vectors of numbers from 0 that sum to 1"
    case .oneHot: "vectors with one 1 among zeros"
    case .unitVector: "vectors of norm 1"
    case .hyperboloid: "points of the hyperboloid"
    case .lowerCholesky: "lower triangular matrices with a positive diagonal"
    case .logits: "numbers below infinity"
    case .each(let inner, _): inner.description
    }
  }
}
