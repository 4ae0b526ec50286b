import Distributions
public import Torch

/// How near codes of two views of one example are, and how evenly all codes fill the sphere.
public enum AlignmentUniformity {
  /// E ‖x − y‖^α over pairs of codes of two views `[n, d]`, each scaled to length 1: 0 for equal codes; smaller is better.
  ///
  /// Throws `MetricError` for different shapes and zero codes. Source: Wang and Isola 2020, arXiv 2005.10242, section 4.1.1.
  public static func alignment(_ x: Tensor, _ y: Tensor, alpha: Double = 2) throws -> Double {
    let (a, b) = try pairedTables(x, y, metric: "alignment", minimum: 1)
    guard a.size(1) == b.size(1) else {
      throw MetricError(
        metric: "alignment",
        "expected codes of one width, found \(a.size(1)) and \(b.size(1))",
        remedy: "take both views' codes from one encoder")
    }
    let gap = (try onSphere(a, "alignment") - onSphere(b, "alignment")).norm(dims: [1])
    return pow(gap, alpha).mean().item()
  }

  /// log E exp(−t ‖x − y‖²) over pairs of different examples' codes `[n, d]`, each scaled to length 1, in nats: at most 0,
  /// which is all codes equal; smaller is better.
  ///
  /// Throws `MetricError` for fewer than two examples and zero codes. Source: as `alignment`, section 4.1.2.
  public static func uniformity(_ codes: Tensor, t: Double = 2) throws -> Double {
    let rows = try onSphere(
      codeTable(codes, metric: "uniformity", minimum: 2), "uniformity")
    let n = rows.size(0)
    var logs: [Tensor] = []
    forEachBlock(of: n, width: n) { range in
      let exponents = squaredDistances(rows[range], rows) * -t
      let others = -withoutSelf(-exponents, firstRow: range.lowerBound)
      logs.append(others.flattened().logSumExp(dim: 0))
    }
    let pairs = Tensor(Double(n) * Double(n - 1), dtype: .float64)
    return (stacked(logs).logSumExp(dim: 0) - log(pairs)).item()
  }

  static func onSphere(_ rows: Tensor, _ metric: String) throws -> Tensor {
    let lengths = rows.norm(dims: [1])
    if let zero = lengths.scalars(as: Double.self).firstIndex(of: 0) {
      throw MetricError(
        metric: metric, "row \(zero): expected a code that is not zero, found zeros",
        remedy: "a zero code has no direction; leave it out")
    }
    return unitRows(rows)
  }
}
