public import Torch

/// Hyperbolic space of n dimensions as the hyperboloid ⟨x, x⟩ = −1, x₀ > 0 in R^(n+1), with the Lorentz
/// product ⟨x, y⟩ = −x₀y₀ + Σ xᵢyᵢ. Curvature −1.
///
/// Points and tangent vectors are [..., n + 1]. A point at distance r from the origin has
/// coordinates near e^r/2, so float32 holds distances up to about 8 with three digits.
/// Source: Nagano et al. 2019, arXiv 1902.02992, section 2.
public enum Lorentz {
  /// −x₀y₀ + Σ xᵢyᵢ, without the last dimension unless `keepDim`.
  public static func inner(_ x: Tensor, _ y: Tensor, keepDim: Bool = false) -> Tensor {
    let product = x * y
    return product.sum(dim: -1, keepDim: keepDim)
      - 2 * (keepDim ? product[.ellipsis, 0..<1] : product[.ellipsis, 0])
  }

  /// The point (1, 0, …, 0).
  public static func origin(dimension n: Int, dtype: DType = .float32) -> Tensor {
    Tensor.eye(n + 1, dtype: dtype)[0]
  }

  /// The point with these space coordinates [..., n] and the time coordinate that they imply.
  public static func lifted(_ space: Tensor) -> Tensor {
    let time = sqrt(1 + squared(space).sum(dim: -1, keepDim: true))
    return concatenated([time, space], dim: -1)
  }

  /// The distance in hyperbolic space, 2 asinh(½ √⟨x − y, x − y⟩), exact for near points.
  public static func distance(_ x: Tensor, _ y: Tensor) -> Tensor {
    let square = inner(x - y, x - y).clamped(min: 1e-30)
    return 2 * asinh(0.5 * sqrt(square))
  }

  /// The end of the geodesic from the origin with velocity `v` [..., n].
  public static func expAtOrigin(_ v: Tensor) -> Tensor {
    lifted(v * exp(logSinhRatio(norm(v))))
  }

  /// The velocity [..., n] of the geodesic that leads from the origin to `point` in unit time.
  public static func logAtOrigin(_ point: Tensor) -> Tensor {
    let space = point[.ellipsis, 1...]
    let sine = norm(space)
    return space * (asinh(sine) / sine)
  }

  /// The tangent vector `v` at `x`, moved along the geodesic to `y` without turning:
  /// v + ⟨y, v⟩/(1 − ⟨x, y⟩) (x + y).
  public static func transported(_ v: Tensor, from x: Tensor, to y: Tensor) -> Tensor {
    let factor = inner(y, v, keepDim: true) / (1 - inner(x, y, keepDim: true))
    return v + factor * (x + y)
  }

  /// The point exp_x(P v) for a velocity `v` [..., n] at the origin, moved to `x` without turning.
  public static func expMap(_ v: Tensor, transportedTo x: Tensor) -> Tensor {
    let length = norm(v)
    let origin = origin(dimension: v.size(-1), dtype: v.dtype).to(v.device)
    let zero = Tensor.zeros(like: v[.ellipsis, 0..<1])
    let moved = transported(concatenated([zero, v], dim: -1), from: origin, to: x)
    let point = cosh(length) * x + exp(logSinhRatio(length)) * moved
    return lifted(point[.ellipsis, 1...])
  }

  /// The inverse of `expMap(_:transportedTo:)`.
  public static func logMap(_ point: Tensor, transportedFrom x: Tensor) -> Tensor {
    let distance = distance(point, x).unsqueezed(dim: -1)
    let tangent = (point + inner(point, x, keepDim: true) * x) * exp(-logSinhRatio(distance))
    let origin = origin(dimension: point.size(-1) - 1, dtype: point.dtype).to(point.device)
    return transported(tangent, from: x, to: origin)[.ellipsis, 1...]
  }

  /// ‖v‖ kept off zero, where the root has no derivative, with a last dimension of size 1.
  static func norm(_ v: Tensor) -> Tensor {
    sqrt(squared(v).sum(dim: -1, keepDim: true).clamped(min: 1e-30))
  }
}
