import LatentCore
import LatentLearning
import LatentNN
import Torch

/// Bayesian logistic regression: the diagonal Gaussian that numerical optimisation finds beside that of IVON.
///
/// p(y|x, w) = σ(y xᵀw), y = ±1, w ~ N(0, I/p). Under q = N(m, diag s²) the margin y xᵀw is normal, so that the bound
/// needs integrals over one dimension alone, which 32 nodes of Gauss and Hermite's rule give to ten digits.
struct LogisticPosterior {
  /// Rows y x, `[n, d]`, float64.
  let rows: Tensor
  /// p.
  let priorPrecision: Double

  private final class Moments: Module {
    let mean: Parameter
    let logScale: Parameter
    init(_ size: Int) {
      mean = Parameter(Tensor.zeros([size], dtype: .float64))
      logScale = Parameter(Tensor.full([size], -1.0, dtype: .float64))
    }
  }

  final class Weights: Module {
    let weight: Parameter
    init(_ size: Int) { weight = Parameter(Tensor.zeros([size], dtype: .float64)) }
  }

  /// The number of examples.
  var count: Int { rows.size(0) }

  /// The optimum of the exact bound by `steps` steps of Adam: mean and variance, `[d]`.
  func optimum(steps: Int) -> (mean: Tensor, variance: Tensor) {
    let (nodes, weights) = Self.hermite(32)
    let moments = Moments(rows.size(1))
    let optimizer = Optimizer(
      Adam(), for: moments, learningRate: .cosine(from: 3e-2, to: 0, steps: steps))
    for _ in 0..<steps {
      let gradients = valueAndGradient(of: moments) { moments in
        let (mean, logScale) = (moments.mean.value, moments.logScale.value)
        let variance = exp(2 * logScale)
        let centre = matmul(rows, mean).unsqueezed(dim: 1)
        let spread = sqrt(matmul(squared(rows), variance)).unsqueezed(dim: 1)
        let margins = centre + spread * nodes
        let likelihood = matmul(logSigmoid(margins), weights).sum()
        let prior = 0.5 * priorPrecision * (squared(mean) + variance).sum()
        return prior - logScale.sum() - likelihood
      }.gradients
      optimizer.update(with: gradients)
    }
    return (
      moments.mean.value.detached(), exp(2 * moments.logScale.value.detached())
    )
  }

  /// What IVON ends with after `steps` steps over all examples.
  func ivon(
    steps: Int, memory: Double, samples: Int, using generator: Generator
  ) throws -> WeightPosterior {
    let model = Weights(rows.size(1))
    let n = Double(count)
    let rule = IVON(
      effectiveSampleSize: n, initialHessian: 0.1, beta2: memory,
      weightDecay: priorPrecision / n, samples: samples)
    let optimizer = Optimizer(
      rule, for: model, learningRate: .cosine(from: 0.1, to: 0, steps: steps))
    for _ in 0..<steps {
      let gradients = optimizer.gradientsAtDraws(using: generator) {
        valueAndGradient(of: model) { -logSigmoid(matmul(rows, $0.weight.value)).mean() }.gradients
      }
      optimizer.update(with: gradients)
    }
    guard let posterior = optimizer.posterior else { throw OverBudget(seed: 0, minutes: 0) }
    return posterior
  }

  /// The most probable weights without example `left`, by Newton's method from `start`.
  func mode(without left: Int?, from start: Tensor) -> Tensor {
    var mask = Tensor.ones([count], dtype: .float64)
    if let left { mask = mask.setting(0, at: left) }
    let identity = Tensor.eye(rows.size(1), dtype: .float64) * priorPrecision
    var w = start
    for _ in 0..<12 {
      let p = sigmoid(-matmul(rows, w)) * mask
      let slope = priorPrecision * w - matmul(rows.transposed(), p)
      let curvature = p * sigmoid(matmul(rows, w))
      let hessian = matmul(rows.transposed() * curvature, rows) + identity
      w = w - LinearAlgebra.solve(hessian, slope.unsqueezed(dim: 1)).squeezed(dim: 1)
    }
    return w
  }

  /// How far the logit of each example moves when it is left out, `[n]`.
  func leaveOneOutChanges() -> Tensor {
    let full = mode(without: nil, from: Tensor.zeros([rows.size(1)], dtype: .float64))
    return stacked(
      (0..<count).map { left in
        abs(matmul(rows[left], mode(without: left, from: full) - full))
      })
  }

  /// ‖v e‖ of each example under a posterior: v = Σ x² σ² is the variance of its logit.
  func sensitivities(_ posterior: WeightPosterior) -> Tensor {
    let mean = posterior.means["weight"] ?? Tensor(0.0)
    let variance = matmul(squared(rows), squared(posterior.deviations["weight"] ?? Tensor(0.0)))
    let residuals = sigmoid(-matmul(rows, mean))
    return leaveOneOutSensitivity(
      outputVariance: variance.unsqueezed(dim: 1), residuals: residuals.unsqueezed(dim: 1))
  }

  /// Nodes and weights for means over N(0, 1), from the eigenvectors of the rule's Jacobi matrix (Golub and Welsch
  /// 1969).
  private static func hermite(_ count: Int) -> (nodes: Tensor, weights: Tensor) {
    let side = sqrt(Tensor.arange(1, count, step: 1, dtype: .float64))
    let above = side.diagonalMatrix().padded([1, 0, 0, 1])
    let (values, vectors) = LinearAlgebra.eigh(above + above.transposed())
    return (values, squared(vectors[0]))
  }
}

/// The correlation of ranks of two lists `[n]`; ties have no order of their own.
func rankCorrelation(_ a: Tensor, _ b: Tensor) -> Double {
  func ranks(_ x: Tensor) -> Tensor { x.argSorted().argSorted().to(.float64) }
  return stacked([ranks(a), ranks(b)]).correlation()[0][1].item()
}
