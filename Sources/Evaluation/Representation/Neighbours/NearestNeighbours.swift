public import Torch

/// How near two codes are.
public enum CodeDistance: String, Sendable, Hashable, CaseIterable {
  /// ‖x − y‖.
  case euclidean
  /// 1 − x·y/(‖x‖ ‖y‖); a zero vector is at distance 1 from everything.
  case cosine

  /// The distances of all pairs of rows, `[n, m]`.
  func callAsFunction(_ x: Tensor, _ y: Tensor) -> Tensor {
    switch self {
    case .euclidean: return pairwiseDistances(x, y)
    case .cosine:
      return 1 - matmul(unitRows(x), unitRows(y).transposed())
    }
  }
}

/// Rows of length 1; zero rows stay zero.
func unitRows(_ x: Tensor) -> Tensor {
  x / x.norm(dims: [1], keepDim: true).clamped(min: 1e-300)
}

/// The k nearest rows of a table, exactly, by all distances in blocks.
public struct NearestNeighbours {
  /// The distances `[n, k]` in rising order.
  public let distances: Tensor
  /// Which rows of the table they are, `[n, k]` int64.
  public let indices: Tensor

  /// The `k` rows of `table` `[m, d]` nearest to each of `queries` `[n, d]`; of equally near ones any.
  ///
  /// `excludingSelf` says that query i is row i of the table and no neighbour of itself. Stops as operators do unless
  /// 1 ≤ k ≤ m (less one without itself).
  public init(
    of queries: Tensor, in table: Tensor, k: Int, distance: CodeDistance = .euclidean,
    excludingSelf: Bool = false
  ) {
    let available = table.size(0) - (excludingSelf ? 1 : 0)
    precondition(
      k >= 1 && k <= available,
      "NearestNeighbours: expected k from 1 to \(available), found \(k)")
    var found: [(Tensor, Tensor)] = []
    forEachBlock(of: queries.size(0), width: table.size(0)) { rows in
      var block = distance(queries[rows], table)
      if excludingSelf { block = withoutSelf(block, firstRow: rows.lowerBound) }
      let nearest = block.top(k, dim: 1, largest: false)
      found.append((nearest.values, nearest.indices))
    }
    distances = concatenated(found.map(\.0))
    indices = concatenated(found.map(\.1))
  }
}

/// Calls `body` for consecutive ranges of rows, so that blocks of `width` columns stay within about 32 MB.
func forEachBlock(of count: Int, width: Int, _ body: (Range<Int>) -> Void) {
  let size = Swift.max(1, 4_000_000 / Swift.max(width, 1))
  for start in stride(from: 0, to: count, by: size) {
    body(start..<Swift.min(start + size, count))
  }
}

/// A block of distances `[b, m]` of the rows from `firstRow` on, with those to themselves infinite.
func withoutSelf(_ block: Tensor, firstRow: Int) -> Tensor {
  let (b, m) = block.shape2
  let rows = Tensor.arange(b).unsqueezed(dim: 1) + firstRow
  return block.replacing(with: Double.infinity, where: rows .== Tensor.arange(m).unsqueezed(dim: 0))
}
