public import LatentCore
public import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Unsupervised disentanglement ranking: how alike a run's codes are to those of other runs, code by
/// code.
///
/// For runs i and j, R [d_j, d_i] holds the absolute weights of lasso regression (α 0.1) of the
/// standardised codes of i on those of j. The pair's score is the mean of Σ over codes of
/// max² / sum, over columns and over rows, each averaged over informative codes; a code without
/// weights counts 0. A run's score is the median over the other runs. Informative is a code with more
/// than 0.01 nats of rate (`rates`), or, where rates are not known, one whose variance is above 1% of
/// its run's largest, which is an approximation. **Interval**: of the median over other runs, by order
/// statistics; six other runs are the least that have one. **Limits**: says which of several runs to prefer; wants the same model with other
/// seeds or settings, and five runs or more. **Source**: Duan et al. 2019, arXiv 1905.12614, section
/// 4 (lasso variant).
public struct UnsupervisedDisentanglementRanking: Metric {
  /// `udr`.
  public var name: String { "udr" }
  /// What it measures.
  public var summary: String { "How alike the codes of a run are to those of other runs." }
  /// What it needs.
  public var needs: String { "codes of several runs" }
  /// Duan et al.
  public var citations: [Citation] { [.duan2020] }

  /// The metric.
  public init() {}

  /// The score of each of at least two runs' codes [n, d] of the same examples in the same order.
  ///
  /// `rates` holds each run's mean rate a code in nats. Throws `MetricError` for one run, unequal
  /// lengths, fewer than 50 examples, numbers that are not finite and runs without an informative
  /// code.
  public func estimates(_ runs: [Tensor], rates: [[Double]]? = nil) throws -> [Estimate] {
    let tables = try runs.map { try CodesAndFactors.table($0) }
    guard tables.count > 1, let count = tables.first?.size(0) else {
      throw MetricError(
        metric: name, "expected the codes of at least 2 runs, found \(runs.count)",
        remedy: "give the codes of other seeds of the same model")
    }
    guard count >= 50, tables.allSatisfy({ $0.size(0) == count }) else {
      throw MetricError(
        metric: name,
        "expected 50 examples or more, the same for every run, found "
          + tables.map { "\($0.size(0))" }.joined(separator: ", "),
        remedy: "encode the same examples in the same order with every run")
    }
    let kept = try tables.enumerated().map { place, table in
      try informative(table, rates: rates?[place], run: place)
    }
    try SelfTests.pass(self)
    return kept.indices.map { place in
      let scores = kept.indices.filter { $0 != place }
        .map { Self.score(of: kept[place], by: kept[$0]) }.sorted()
      let middle = scores.count / 2
      let median =
        scores.count.isMultiple(of: 2) ? (scores[middle - 1] + scores[middle]) / 2 : scores[middle]
      return Estimate(
        median, interval: Self.interval(ofMedian: scores), count: count, of: self)
    }
  }

  /// The innermost order statistics that hold the median of the law of rising `scores` in 95 of 100 samples; empty for
  /// fewer than six.
  ///
  /// P(x_(j) ≤ median ≤ x_(n + 1 − j)) = 1 − 2 P(B < j), B binomial with n and ½, for independent scores. Pairs share a
  /// run, which makes them only independent given that run. **Source**: Conover 1999, section 3.2.
  static func interval(ofMedian scores: [Double]) -> [Double] {
    let n = scores.count
    var (tail, term, rank) = (0.0, pow(0.5, Double(n)), 0)
    while 1 - 2 * (tail + term) >= 0.95 {
      tail += term
      rank += 1
      term *= Double(n - rank + 1) / Double(rank)
    }
    return rank > 0 ? [scores[rank - 1], scores[n - rank]] : []
  }

  /// The same codes in another order are alike: weights of 0.9 on one code each.
  public func checkKnownAnswer() throws {
    let codes = try CodesAndFactors.knownIdentity.codes
    let turned = codes.flipped(dims: [1])
    let scaled = [codes, turned].map(Self.standardised)
    try expectKnown(Self.score(of: scaled[0], by: scaled[1]), 0.9)
  }

  /// The pair's score from standardised informative codes.
  static func score(of own: Tensor, by other: Tensor) -> Double {
    let weights = abs(Lasso.weights(other, own, alpha: 0.1))
    func mean(_ dim: Int) -> Double {
      let sums = weights.sum(dim: dim)
      return (squared(weights.max(dims: [dim])) / sums).replacing(with: 0, where: sums .== 0)
        .mean().item()
    }
    return (mean(0) + mean(1)) / 2
  }

  private func informative(_ table: Tensor, rates: [Double]?, run: Int) throws -> Tensor {
    let variance = table.variance(dims: [0], correction: 0)
    let mask =
      rates.map { (Tensor($0, dtype: .float64) .> 0.01) .& (variance .> 0) }
      ?? (variance .> 0.01 * variance.max().item())
    let places = mask.nonzero().squeezed(dim: 1)
    guard places.count > 0 else {
      throw MetricError(
        metric: name, "expected an informative code in every run, found none in run \(run)",
        remedy: "leave that run out: its codes hold nothing")
    }
    return Self.standardised(table.selected(places, dim: 1))
  }

  private static func standardised(_ codes: Tensor) -> Tensor {
    (codes - codes.mean(dim: 0)) / codes.standardDeviation(dims: [0], correction: 0)
  }
}
