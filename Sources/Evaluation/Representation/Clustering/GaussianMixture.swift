public import Torch

/// A mixture of normal laws with full covariances, fitted by expectation maximisation from k-means.
///
/// Source: Dempster, Laird and Rubin 1977; Bishop 2006, Pattern Recognition and Machine Learning, section 9.2.2.
/// scikit-learn: `GaussianMixture(n_components=)`.
public struct GaussianMixture {
  /// The weights `[k]`.
  public let weights: Tensor
  /// The means `[k, d]`.
  public let means: Tensor
  /// The covariances `[k, d, d]`.
  public let covariances: Tensor
  /// log p(x) in nats, mean over the rows.
  public let logLikelihood: Double
  /// Whether the mean log-likelihood rose by less than the tolerance at the end.
  public let hasConverged: Bool

  /// Fits `codes` `[n, d]` with `k` components; `floor` is added to every variance.
  ///
  /// Throws `MetricError` as `KMeans` does, for fewer than two rows a component, and for constant columns, whose variance
  /// the floor alone would make up. **Randomness**: that of k-means.
  public init(
    _ codes: Tensor, k: Int, restarts: Int = 10, iterations: Int = 200, tolerance: Double = 1e-4,
    floor: Double = 1e-6, using generator: Generator
  ) throws {
    let rows = try codeTable(codes, metric: "gaussian-mixture", minimum: 2 * Swift.max(k, 1))
    let spans = (rows.max(dims: [0]) - rows.min(dims: [0])).scalars(as: Double.self)
    if let constant = spans.firstIndex(of: 0) {
      throw MetricError(
        metric: "gaussian-mixture",
        "column \(constant): expected numbers that vary, found one value",
        remedy: "leave constant columns out")
    }
    let start = try KMeans(rows, k: k, restarts: restarts, using: generator)
    var parameters = Self.maximize(
      rows, start.assignments.oneHot(classes: k).to(.float64), floor: floor)
    var (last, converged) = (-Double.infinity, false)
    for _ in 0..<iterations {
      let joint = Self.logJoint(rows, parameters)
      let evidence = joint.logSumExp(dim: 1, keepDim: true)
      parameters = Self.maximize(rows, exp(joint - evidence), floor: floor)
      let value = evidence.mean().item()
      converged = Swift.abs(value - last) < tolerance
      last = value
      if converged { break }
    }
    (weights, means, covariances) = parameters
    logLikelihood = Self.logJoint(rows, parameters).logSumExp(dim: 1).mean().item()
    hasConverged = converged
  }

  typealias Parameters = (weights: Tensor, means: Tensor, covariances: Tensor)

  /// log wₖ + log N(x; μₖ, Σₖ), `[n, k]`.
  private static func logJoint(_ rows: Tensor, _ p: Parameters) -> Tensor {
    let factors = LinearAlgebra.cholesky(p.covariances)
    let centred = (rows.unsqueezed(dim: 0) - p.means.unsqueezed(dim: 1)).transposed()
    let scaled = LinearAlgebra.triangularSolve(factors, centred)
    let logDeterminant = log(factors.diagonal()).sum(dim: 1, keepDim: true)
    let d = Double(rows.size(1))
    let logDensity =
      -0.5 * squared(scaled).sum(dim: 1) - logDeterminant - 0.5 * d * 1.8378770664093453
    return logDensity.transposed() + log(p.weights)
  }

  private static func maximize(_ rows: Tensor, _ shares: Tensor, floor: Double) -> Parameters {
    let d = rows.size(1)
    let sizes = shares.sum(dim: 0) + 10 * 2.220446049250313e-16
    let means = matmul(shares.transposed(), rows) / sizes.unsqueezed(dim: 1)
    let covariances = (0..<shares.size(1)).map { index in
      let centred = rows - means[index]
      let weighted = centred * shares[.all, index].unsqueezed(dim: 1)
      return matmul(weighted.transposed(), centred) / sizes[index]
        + floor * Tensor.eye(d, dtype: .float64)
    }
    return (sizes / rows.size(0), means, stacked(covariances))
  }

  /// The most probable component of each row `[n, d]`, `[n]` int64.
  public func assignments(of codes: Tensor) -> Tensor {
    Self.logJoint(codes.to(.float64), (weights, means, covariances)).argMax(dim: 1)
  }
}
