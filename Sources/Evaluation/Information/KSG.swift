public import Torch

/// Which of the two estimators of Kraskov, Stögbauer and Grassberger.
public enum KSGForm: Sendable, Hashable, CaseIterable {
  /// With one cube around each point: less variance (their equation 8).
  case cube
  /// With a box of sides of its own: less bias (their equation 9).
  case box
}

/// The mutual information I(x; y) in nats of paired real samples `[n, d]` and `[n, e]` by k-nearest neighbours, with the
/// interval mean ± 1.96 s/√n of its local terms.
///
/// With ε the distance of a point to its k-th neighbour in the maximum norm of both, and n_x, n_y the points nearer than that in
/// x and in y alone: ψ(k) + ψ(n) − ⟨ψ(n_x + 1) + ψ(n_y + 1)⟩ for the cube; the box measures x and y by their own extent, counts
/// points on it, and is ψ(k) − 1/k + ψ(n) − ⟨ψ(n_x) + ψ(n_y)⟩. Exactly 0 in the mean for independent variables; may be slightly
/// negative. Every column is divided by its standard deviation first, which changes no information but the neighbours. **Limits**: for I beyond about log n the estimate is too small; values that repeat have no density and are
/// refused. Takes O(n²) time. Throws `MetricError` for different lengths, k outside 1 ..< n, and a point with more than k copies.
/// Source: Kraskov et al. 2004, arXiv cond-mat/0305641. scikit-learn: `mutual_info_regression`, for single columns.
public func ksgMutualInformation(
  _ x: Tensor, _ y: Tensor, k: Int = 3, form: KSGForm = .cube
) throws -> Estimate {
  let pair = try pairedTables(x, y, metric: "ksg", minimum: 2)
  let (a, b) = (Standardizer(fitting: pair.x)(pair.x), Standardizer(fitting: pair.y)(pair.y))
  let n = a.size(0)
  guard k >= 1, k < n else {
    throw MetricError(
      metric: "ksg", "expected k from 1 to \(n - 1), found \(k)", remedy: "give more examples")
  }
  var local: [Tensor] = []
  var repeated = false
  forEachBlock(of: n, width: n) { rows in
    let dx = withoutSelf(
      pairwiseDistances(a[rows], a, p: .infinity), firstRow: rows.lowerBound)
    let dy = withoutSelf(
      pairwiseDistances(b[rows], b, p: .infinity), firstRow: rows.lowerBound)
    let nearest = maximum(dx, dy).top(k, dim: 1, largest: false)
    repeated = repeated || nearest.values[.all, k - 1].min().item() == 0
    switch form {
    case .cube:
      let reach = nearest.values.max(dims: [1], keepDim: true)
      let counts = [dx, dy].map { ($0 .< reach).to(.float64).sum(dim: 1) + 1 }
      local.append(digamma(counts[0]) + digamma(counts[1]))
    case .box:
      let counts = [dx, dy].map { distances in
        let reach = distances.gathered(nearest.indices, dim: 1).max(dims: [1], keepDim: true)
        return (distances .<= reach).to(.float64).sum(dim: 1)
      }
      local.append(digamma(counts[0]) + digamma(counts[1]) + 1 / Double(k))
    }
  }
  guard !repeated else {
    throw MetricError(
      metric: "ksg", "expected samples of a density, found a pair that occurs more than \(k) times",
      remedy: "add noise far below the data's resolution, or bin discrete values")
  }
  let constants = digamma(Tensor([Double(k), Double(n)], dtype: .float64)).sum()
  return Estimate(
    of: (constants - concatenated(local)).scalars(as: Double.self), unit: "nat")
}
