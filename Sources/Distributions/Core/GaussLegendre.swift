import Torch

/// Nodes and weights of Gauss–Legendre quadrature with 64 points on [0, 1], float64.
enum GaussLegendre {
  static var nodes: Tensor { Tensor(rule.nodes, dtype: .float64) }
  static var weights: Tensor { Tensor(rule.weights, dtype: .float64) }

  /// Newton's method on the Legendre polynomial from Tricomi's starting points.
  private static let rule: (nodes: [Double], weights: [Double]) = {
    let count = 64
    var nodes: [Double] = []
    var weights: [Double] = []
    for index in 0..<count {
      let angle = Double.pi * (Double(index) + 0.75) / (Double(count) + 0.5)
      var x = cos(Tensor(angle, dtype: .float64)).item()
      var slope = 0.0
      for _ in 0..<20 {
        var (before, value) = (1.0, x)
        for k in 2...count {
          let next = (Double(2 * k - 1) * x * value - Double(k - 1) * before) / Double(k)
          (before, value) = (value, next)
        }
        slope = Double(count) * (x * value - before) / (x * x - 1)
        x -= value / slope
      }
      nodes.append(0.5 * (1 - x))
      weights.append(1 / ((1 - x * x) * slope * slope))
    }
    return (nodes, weights)
  }()
}
