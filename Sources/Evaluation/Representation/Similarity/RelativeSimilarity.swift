import LatentCore
public import Torch

/// How alike two encoders are in relative coordinates: each example's cosine similarities to the same anchors.
public struct RelativeSimilarity: Sendable, Equatable {
  /// The mean cosine of an example's two relative coordinates, in [−1, 1]; 1 for codes equal up to a rotation and scale.
  public let cosine: Double
  /// The share of examples whose nearest relative coordinate of the other encoder is their own.
  public let retrieval: Double
  /// The mean share of common examples among the k nearest of both encoders.
  public let jaccard: Double

  /// Compares codes `[n, d]` and `[n, e]` of the same examples through the examples `anchors`, which are left out of the
  /// comparison; codes are centred at the anchors' mean first.
  ///
  /// Throws `MetricError` for different lengths, fewer than two anchors or k + 2 other examples, and anchors outside the
  /// rows or twice. Source: Moschella et al. 2023, arXiv 2209.15430, section 3 and table 1.
  public init(_ x: Tensor, _ y: Tensor, anchors: [Int], k: Int = 10) throws {
    let (a, b) = try pairedTables(x, y, metric: "relative-similarity")
    let n = a.size(0)
    guard anchors.count > 1, Set(anchors).count == anchors.count,
      anchors.allSatisfy({ 0 <= $0 && $0 < n })
    else {
      throw MetricError(
        metric: "relative-similarity",
        "expected at least two different anchors from 0 to \(n - 1), found \(anchors.count)",
        remedy: "draw anchors without replacement")
    }
    let known = Set(anchors)
    let others = (0..<n).filter { !known.contains($0) }
    guard others.count > k + 1, k > 0 else {
      throw MetricError(
        metric: "relative-similarity",
        "expected more than \(k + 1) examples beside the anchors, found \(others.count)",
        remedy: "give more examples or take fewer anchors")
    }
    let first = Self.coordinates(a, Tensor(anchors), Tensor(others))
    let second = Self.coordinates(b, Tensor(anchors), Tensor(others))
    cosine = (unitRows(first) * unitRows(second)).sum(dim: 1).mean().item()
    let nearest = NearestNeighbours(of: first, in: second, k: 1, distance: .cosine).indices
    retrieval = share(of: nearest.flattened(), equalTo: Tensor.arange(others.count))
    jaccard = Self.overlap(
      NearestNeighbours(of: first, in: first, k: k, distance: .cosine, excludingSelf: true),
      NearestNeighbours(of: second, in: second, k: k, distance: .cosine, excludingSelf: true))
  }

  private static func coordinates(_ x: Tensor, _ anchors: Tensor, _ others: Tensor) -> Tensor {
    RelativeCoordinates.centredCosine(
      x.selected(others, dim: 0), anchors: x.selected(anchors, dim: 0))
  }

  private static func overlap(_ a: NearestNeighbours, _ b: NearestNeighbours) -> Double {
    let (n, k) = a.indices.shape2
    let (left, right) = (a.indices.scalars(as: Int.self), b.indices.scalars(as: Int.self))
    let shares = (0..<n).map { row in
      let (first, second) = (
        Set(left[row * k..<(row + 1) * k]), Set(right[row * k..<(row + 1) * k])
      )
      return Double(first.intersection(second).count) / Double(first.union(second).count)
    }
    return shares.reduce(0, +) / Double(n)
  }
}
