public import Torch

/// Scores of pairs of nodes, and which of them an edge joins.
public struct LinkScores {
  /// The scores [k], float64; larger for pairs that are more likely joined.
  public let scores: Tensor
  /// Whether each pair is joined, [k].
  public let isLinked: Tensor

  /// Scores [k] of pairs and 1 or 0 for each.
  ///
  /// Throws `MetricError` for different lengths, numbers that are not finite and pairs of one kind alone.
  public init(scores: Tensor, linked: Tensor) throws {
    let (values, marks) = (
      scores.detached().to(.cpu).to(.float64).flattened(), linked.to(.cpu).flattened() .> 0.5
    )
    guard values.count == marks.count else {
      throw MetricError(
        metric: "links",
        "expected as many marks as scores, found \(marks.count) and \(values.count)",
        remedy: "mark each pair")
    }
    guard values.isFinite.all().item() == 1 else {
      throw MetricError(
        metric: "links", "expected finite scores, found NaN or infinity",
        remedy: "check the model: its training may have diverged")
    }
    let joined = marks.to(.int64).sum().integerItem()
    guard joined > 0, joined < values.count else {
      throw MetricError(
        metric: "links",
        "expected pairs with and without an edge, found \(joined) joined of \(values.count)",
        remedy: "score both kinds")
    }
    (self.scores, isLinked) = (values, marks)
  }

  /// The probability that an edge has a larger score than another pair, ties counting half. scikit-learn: `roc_auc_score`.
  public var areaUnderROC: Double { RankedArea(scores, isMember: isLinked).area }

  /// Σ (R_k − R_{k−1}) P_k over falling thresholds, P_k and R_k precision and recall of pairs scored at least so high; equal
  /// scores are one threshold. scikit-learn: `average_precision_score`.
  public var averagePrecision: Double {
    let order = scores.argSorted(descending: true)
    let sorted = scores.selected(order, dim: 0).scalars(as: Double.self)
    let hits = isLinked.selected(order, dim: 0).to(.int64).scalars(as: Int.self)
    let total = Double(hits.reduce(0, +))
    var (found, area, seen) = (0, 0.0, 0)
    while seen < sorted.count {
      var (end, fresh) = (seen, 0)
      while end < sorted.count, sorted[end] == sorted[seen] {
        fresh += hits[end]
        end += 1
      }
      found += fresh
      area += Double(fresh) / total * Double(found) / Double(end)
      seen = end
    }
    return area
  }

  /// The pairs at these places.
  func selected(_ places: Tensor) -> (scores: Tensor, linked: Tensor) {
    (scores.selected(places, dim: 0), isLinked.selected(places, dim: 0))
  }
}
