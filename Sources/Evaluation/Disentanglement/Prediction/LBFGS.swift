import Torch

/// Limited-memory BFGS with ten pairs and backtracking, for smooth convex functions.
///
/// **Source**: Nocedal & Wright 2006, algorithms 7.4 and 7.5; step halved until the decrease is at
/// least 1e−4 of what the slope promises (Armijo).
enum LBFGS {
  /// The point where the largest entry of the gradient is below `tolerance`, or the last of `steps`.
  static func minimum(
    from start: Tensor, steps: Int, tolerance: Double,
    _ evaluate: (Tensor) -> (value: Double, gradient: Tensor)
  ) -> Tensor {
    var point = start
    var (value, gradient) = evaluate(point)
    var pairs: [(step: Tensor, change: Tensor, curvature: Double)] = []
    for _ in 0..<steps {
      guard abs(gradient).max().item() > tolerance else { break }
      let direction = -Self.product(gradient, pairs)
      let slope = Self.dot(gradient, direction)
      guard slope < 0 else { break }
      var size = pairs.isEmpty ? min(1, 1 / gradient.norm().item()) : 1
      var next = evaluate(point + size * direction)
      while !(next.value <= value + 1e-4 * size * slope), size > 1e-12 {
        size /= 2
        next = evaluate(point + size * direction)
      }
      guard next.value < value else { break }
      let (step, change) = (size * direction, next.gradient - gradient)
      let curvature = Self.dot(step, change)
      if curvature > 1e-300 { pairs.append((step, change, curvature)) }
      if pairs.count > 10 { pairs.removeFirst() }
      point = point + step
      (value, gradient) = next
    }
    return point
  }

  /// The inverse Hessian's estimate times `gradient`, by the two-loop recursion.
  private static func product(
    _ gradient: Tensor, _ pairs: [(step: Tensor, change: Tensor, curvature: Double)]
  ) -> Tensor {
    var result = gradient
    var factors: [Double] = []
    for pair in pairs.reversed() {
      let factor = dot(pair.step, result) / pair.curvature
      factors.append(factor)
      result = result - factor * pair.change
    }
    if let last = pairs.last { result = result * (last.curvature / dot(last.change, last.change)) }
    for (pair, factor) in zip(pairs, factors.reversed()) {
      let back = dot(pair.change, result) / pair.curvature
      result = result + (factor - back) * pair.step
    }
    return result
  }

  private static func dot(_ first: Tensor, _ second: Tensor) -> Double {
    (first * second).sum().item()
  }
}
