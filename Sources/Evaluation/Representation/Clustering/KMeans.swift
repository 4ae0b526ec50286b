public import Torch

/// Groups of rows around means, by Lloyd's algorithm from k-means++ starts.
///
/// Minimises Σ ‖xᵢ − μ(xᵢ)‖²; the best of several starts is kept. Source: Lloyd 1982; Arthur and Vassilvitskii 2007,
/// k-means++, section 2.2. scikit-learn: `KMeans(n_init=)`.
public struct KMeans {
  /// The means `[k, d]`.
  public let centres: Tensor
  /// The nearest mean of each row, `[n]` int64.
  public let assignments: Tensor
  /// Σ of squared distances to the nearest mean.
  public let inertia: Double

  /// Groups `codes` `[n, d]` into `k`, with `restarts` starts of at most `iterations` steps.
  ///
  /// A mean that loses all rows moves to the row farthest from its own. Throws `MetricError` unless 1 ≤ k ≤ the number of
  /// different rows. **Randomness**: one uniform number a centre and start.
  public init(
    _ codes: Tensor, k: Int, restarts: Int = 10, iterations: Int = 300,
    using generator: Generator
  ) throws {
    let rows = try codeTable(codes, metric: "k-means")
    let different = rows.uniqueSlices(dim: 0).values.size(0)
    guard k >= 1, k <= different, restarts >= 1 else {
      throw MetricError(
        metric: "k-means",
        "expected k from 1 to the \(different) different rows and a start, found k = \(k) and "
          + "\(restarts) starts", remedy: "ask for fewer clusters or give more examples")
    }
    let found = (0..<restarts).map { _ in
      Self.lloyd(rows, from: Self.plusPlus(rows, k: k, using: generator), iterations: iterations)
    }
    let best = found.dropFirst().reduce(found[0]) { $1.inertia < $0.inertia ? $1 : $0 }
    (centres, assignments, inertia) = best
  }

  /// Each next centre is a row drawn with probability proportional to its squared distance from the nearest so far.
  private static func plusPlus(_ rows: Tensor, k: Int, using generator: Generator) -> Tensor {
    var chosen = [Tensor.randint(0..<rows.size(0), [1], using: generator)]
    var nearest = exactSquares(rows, rows.selected(chosen[0], dim: 0)).flattened()
    while chosen.count < k {
      let cumulative = nearest.cumulativeSum(dim: 0)
      let target = Tensor.rand([1], using: generator, dtype: .float64) * cumulative[-1]
      let next = cumulative.insertionIndices(of: target, right: true)
        .clamped(max: Tensor(rows.size(0) - 1, dtype: .int64))
      chosen.append(next)
      nearest = minimum(nearest, exactSquares(rows, rows.selected(next, dim: 0)).flattened())
    }
    return rows.selected(concatenated(chosen), dim: 0)
  }

  private static func lloyd(
    _ rows: Tensor, from start: Tensor, iterations: Int
  ) -> (centres: Tensor, assignments: Tensor, inertia: Double) {
    let k = start.size(0)
    var centres = start
    var nearest = exactSquares(rows, centres).minWithIndices(dim: 1)
    for _ in 0..<iterations {
      let members = nearest.indices.oneHot(classes: k).to(.float64)
      let sizes = members.sum(dim: 0)
      var next = matmul(members.transposed(), rows) / sizes.clamped(min: 1).unsqueezed(dim: 1)
      let empty = (sizes .== 0.0).nonzero().flattened()
      if empty.count > 0 {
        let far = nearest.values.top(empty.count).indices
        next = next.setting(rows.selected(far, dim: 0), at: empty)
      }
      let before = nearest.indices
      centres = next
      nearest = exactSquares(rows, centres).minWithIndices(dim: 1)
      if nearest.indices.isEqual(to: before) { break }
    }
    return (centres, nearest.indices, nearest.values.sum().item())
  }
}

/// ‖xᵢ − yⱼ‖² from differences, so that equal rows are at zero exactly.
func exactSquares(_ x: Tensor, _ y: Tensor) -> Tensor { squared(pairwiseDistances(x, y)) }
