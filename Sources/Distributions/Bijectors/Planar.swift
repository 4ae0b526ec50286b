public import Torch

/// y = x + û tanh(wᵀx + b), which stretches space across one hyperplane.
///
/// û = u + (softplus(wᵀu) − 1 − wᵀu) w/‖w‖² keeps wᵀû above −1 and so the map invertible; the
/// determinant is 1 + ûᵀw (1 − tanh²(wᵀx + b)). Parameters broadcast with x, so that each example may have a
/// map of its own. The inverse has no closed form: along w it is the root of a rising function, found by
/// Newton's method inside a shrinking bracket. **Shapes**: x, u, w `[…, d]`, b `[…]`. **Source**: Rezende and
/// Mohamed 2015, arXiv 1505.05770, equations 10 to 12 and appendix A.1.
public struct PlanarBijector: Bijector {
  /// u before the constraint.
  public let u: Tensor
  /// The normal of the hyperplane.
  public let w: Tensor
  /// Where the hyperplane lies.
  public let b: Tensor

  /// From any numbers; only w = 0 makes no map.
  public init(u: Tensor, w: Tensor, b: Tensor) { (self.u, self.w, self.b) = (u, w, b) }

  /// 1: works on vectors.
  public var eventDims: Int { 1 }

  /// û.
  public var direction: Tensor {
    let product = (w * u).sum(dim: -1, keepDim: true)
    let excess = -logSigmoid(-product) - 1 - product
    return u + excess * w / squared(w).sum(dim: -1, keepDim: true)
  }

  /// x + û tanh(wᵀx + b).
  public func forward(_ x: Tensor) -> Tensor { forwardWithLogDeterminant(x).y }

  /// log(1 + ûᵀw (1 − tanh²)).
  public func logDeterminant(_ x: Tensor) -> Tensor { forwardWithLogDeterminant(x).logDeterminant }

  /// Both from one tanh.
  public func forwardWithLogDeterminant(_ x: Tensor) -> (y: Tensor, logDeterminant: Tensor) {
    let direction = direction
    let bend = tanh((w * x).sum(dim: -1) + b)
    let slope = (w * direction).sum(dim: -1)
    return (
      x + direction * bend.unsqueezed(dim: -1), log1p(slope * (1 - squared(bend)))
    )
  }

  /// y − û tanh(a) with a + wᵀû tanh(a) = wᵀy + b.
  public func inverse(_ y: Tensor) -> Tensor {
    let direction = direction
    let slope = (w * direction).sum(dim: -1)
    let target = (w * y).sum(dim: -1) + b
    let root = withoutGradients { Self.root(slope, target) }
    // One step of Newton's method at the root is the root, with the gradients of the implicit function.
    let bend = tanh(root)
    let rise = (1 + slope * (1 - squared(bend))).detached()
    let exact = root - (root + slope * bend - target) / rise
    return y - direction * tanh(exact).unsqueezed(dim: -1)
  }

  /// The a with a + s tanh(a) = t for s > −1: it lies within |s| of t.
  private static func root(_ slope: Tensor, _ target: Tensor) -> Tensor {
    let reach = abs(slope)
    var (low, high) = (target - reach, target + reach)
    var a = target + 0 * slope
    for _ in 0..<60 {
      let bend = tanh(a)
      let error = a + slope * bend - target
      low = maximum(low, a.replacing(with: -Double.infinity, where: error .> 0))
      high = minimum(high, a.replacing(with: Double.infinity, where: error .< 0))
      let newton = a - error / (1 + slope * (1 - squared(bend)))
      let isInside = (newton .>= low) .& (newton .<= high)
      let next = newton.replacing(with: 0.5 * (low + high), where: .!isInside)
      let moved = abs(next - a).max().item()
      a = next
      if moved <= 1e-15 * (1 + abs(target).max().item()) { break }
    }
    return a
  }

  /// The same map without the history of its parameters.
  public func detached() -> PlanarBijector {
    PlanarBijector(u: u.detached(), w: w.detached(), b: b.detached())
  }
}
