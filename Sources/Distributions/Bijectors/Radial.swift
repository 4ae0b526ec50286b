public import Torch

/// y = x + β (x − c)/(α + ‖x − c‖), which pulls space towards a point or pushes it away.
///
/// α = softplus(a) and β = softplus(β̂) − α > −α, which keeps the map invertible. With r = ‖x − c‖ and h = 1/(α + r)
/// the determinant is (1 + βh)^(d−1) (1 + βh − βh² r). Parameters broadcast with x. The inverse keeps the
/// direction from c and solves r² + (α + β − ρ) r − αρ = 0 for the old radius. **Shapes**: x, c `[…, d]`, a, β̂
/// `[…]`. **Source**: Rezende and Mohamed 2015, arXiv 1505.05770, equation 14 and appendix A.2.
public struct RadialBijector: Bijector {
  /// The point.
  public let center: Tensor
  /// α before softplus.
  public let a: Tensor
  /// β before the constraint.
  public let strength: Tensor

  /// From any numbers.
  public init(center: Tensor, a: Tensor, strength: Tensor) {
    (self.center, self.a, self.strength) = (center, a, strength)
  }

  /// 1: works on vectors.
  public var eventDims: Int { 1 }

  private var constants: (alpha: Tensor, beta: Tensor) {
    let alpha = -logSigmoid(-a)
    return (alpha, -logSigmoid(-strength) - alpha)
  }

  /// x + β (x − c) h.
  public func forward(_ x: Tensor) -> Tensor { forwardWithLogDeterminant(x).y }

  /// (d − 1) log(1 + βh) + log(1 + βh − βh² r).
  public func logDeterminant(_ x: Tensor) -> Tensor { forwardWithLogDeterminant(x).logDeterminant }

  /// Both from one radius.
  public func forwardWithLogDeterminant(_ x: Tensor) -> (y: Tensor, logDeterminant: Tensor) {
    let (alpha, beta) = constants
    let offset = x - center
    let radius = Self.length(offset)
    let h = 1 / (alpha + radius)
    let pull = beta * h
    let determinant = Double(x.size(-1) - 1) * log1p(pull) + log1p(pull * (1 - radius * h))
    return (x + pull.unsqueezed(dim: -1) * offset, determinant)
  }

  /// c + (y − c)/(1 + βh) with the old radius in h.
  public func inverse(_ y: Tensor) -> Tensor {
    let (alpha, beta) = constants
    let offset = y - center
    let reached = Self.length(offset)
    let middle = alpha + beta - reached
    let radius = 0.5 * (sqrt(squared(middle) + 4 * alpha * reached) - middle)
    return center + offset / (1 + beta / (alpha + radius)).unsqueezed(dim: -1)
  }

  /// ‖x‖, whose gradient at 0 is finite.
  private static func length(_ x: Tensor) -> Tensor { sqrt(squared(x).sum(dim: -1) + 1e-30) }

  /// The same map without the history of its parameters.
  public func detached() -> RadialBijector {
    RadialBijector(
      center: center.detached(), a: a.detached(), strength: strength.detached())
  }
}
