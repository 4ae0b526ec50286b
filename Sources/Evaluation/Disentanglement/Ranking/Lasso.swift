import Torch

/// Linear regression with an absolute penalty, by coordinate descent on second moments.
///
/// min (1 / 2n) ‖y − Xw‖² + α ‖w‖₁ for centred X and y. **Source**: Friedman et al. 2010.
/// scikit-learn: `Lasso`.
enum Lasso {
  /// The weights [d, t] of targets [n, t] on inputs [n, d]; an input that is all zero has none.
  static func weights(_ inputs: Tensor, _ targets: Tensor, alpha: Double) -> Tensor {
    let count = Double(inputs.size(0))
    let (x, y) = (inputs - inputs.mean(dim: 0), targets - targets.mean(dim: 0))
    let width = inputs.size(1)
    let gram = (matmul(x.transposed(0, 1), x) / count).scalars(as: Double.self)
    let products = (matmul(y.transposed(0, 1), x) / count).scalars(as: Double.self)
    var all: [Double] = []
    for target in 0..<targets.size(1) {
      var weights = [Double](repeating: 0, count: width)
      var change = Double.infinity
      for _ in 0..<10_000 where change > 1e-10 {
        change = 0
        for place in 0..<width where gram[place * width + place] > 0 {
          let scale = gram[place * width + place]
          var rest = products[target * width + place] + scale * weights[place]
          for other in 0..<width { rest -= gram[place * width + other] * weights[other] }
          let shrunk = rest > alpha ? rest - alpha : rest < -alpha ? rest + alpha : 0
          change = max(change, abs(shrunk / scale - weights[place]))
          weights[place] = shrunk / scale
        }
      }
      all += weights
    }
    return Tensor(all, shape: [targets.size(1), width]).transposed(0, 1)
  }
}
