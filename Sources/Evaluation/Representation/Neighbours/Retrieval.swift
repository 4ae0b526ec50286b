import Torch

/// How well the codes nearest to a query are of its class.
public struct RetrievalScores: Sendable, Equatable {
  /// The mean over queries of the average precision over the whole ranking.
  public let meanAveragePrecision: Double
  /// For each k asked for, the share of queries with one of their class among the k nearest.
  public let recall: [Int: Double]
  /// The average precision of each query that counts.
  public let averagePrecisions: [Double]
  /// How many items stand before the first of the class, for each query that counts.
  public let firstHits: [Int]
  /// The queries that have another example of their class, which are those that count.
  public let queryCount: Int
}

/// Every example is a query once against all others, ranked by distance; relevant are those of its class.
///
/// Average precision: the mean over relevant items of the share of relevant ones down to their rank. Recall@k is that of
/// metric learning: one hit among k suffices. Equally near items keep the order of the rows. Throws `MetricError` if no
/// class has two examples or a k is not below the number of examples. Source: Manning, Raghavan and Schütze 2008,
/// section 8.4; Jégou et al. 2011, Product quantization for nearest neighbor search, for recall@k.
public func retrievalScores(
  _ data: LabelledCodes, ks: [Int] = [1, 5, 10], distance: CodeDistance = .cosine
) throws -> RetrievalScores {
  let n = data.count
  guard ks.allSatisfy({ $0 >= 1 && $0 < n }) else {
    throw MetricError(
      metric: "retrieval", "expected every k from 1 to \(n - 1), found \(ks)",
      remedy: "ask for fewer items or give more examples")
  }
  var precisions: [Double] = []
  var firstHits: [Int] = []
  forEachBlock(of: n, width: n) { rows in
    let block = withoutSelf(distance(data.codes[rows], data.codes), firstRow: rows.lowerBound)
    let order = block.argSorted(dim: 1)[.all, 0..<(n - 1)]
    let found = data.labels.selected(order.flattened(), dim: 0).reshaped(order.shape)
    let hits = (found .== data.labels[rows].unsqueezed(dim: 1)).to(.float64)
    let relevant = hits.sum(dim: 1)
    let ranks = Tensor.arange(n - 1).to(.float64) + 1
    let precision = (hits * hits.cumulativeSum(dim: 1) / ranks).sum(dim: 1) / relevant
    let counts = relevant.scalars(as: Double.self)
    let values = precision.scalars(as: Double.self)
    let first = hits.argMax(dim: 1).scalars(as: Int.self)
    for index in counts.indices where counts[index] > 0 {
      precisions.append(values[index])
      firstHits.append(first[index])
    }
  }
  guard !precisions.isEmpty else {
    throw MetricError(
      metric: "retrieval", "expected a class with two examples, found none",
      remedy: "give several examples of each class")
  }
  let count = Double(precisions.count)
  let recall = ks.map { k in (k, Double(firstHits.count { $0 < k }) / count) }
  return RetrievalScores(
    meanAveragePrecision: precisions.reduce(0, +) / count,
    recall: Dictionary(recall, uniquingKeysWith: { $1 }), averagePrecisions: precisions,
    firstHits: firstHits, queryCount: precisions.count)
}
