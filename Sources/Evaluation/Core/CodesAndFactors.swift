public import Datasets
public import Torch

/// Codes of examples beside the ground-truth factors that the examples were made from.
///
/// Checked once: every row finite, as many codes as factors, no factor with a single value. Holds
/// what metrics of one family share, so it is a class and, as tensors are, not `Sendable`.
public final class CodesAndFactors {
  /// The codes [n, d], float64 on the CPU.
  public let codes: Tensor
  /// The factors, one column each.
  public let factors: [FactorColumn]
  private var shared: [String: Any] = [:]

  /// The number of examples.
  public var count: Int { codes.size(0) }
  /// The number of code dimensions.
  public var codeCount: Int { codes.size(1) }
  /// The code dimensions that have one value only.
  public let constantCodes: [Int]

  /// Codes [n, …], flattened to [n, d], and factors [n, k], or [n] for one factor.
  ///
  /// `described` names the columns and says which are classes; without it `names` are the columns'
  /// and a column of whole numbers, each on two examples on average or more, is classes and any other
  /// is real. Throws `MetricError` for wrong lengths, no columns, numbers
  /// that are not finite, and a factor with one value only.
  public convenience init(
    codes: Tensor, factors: Tensor, described: [Factor]? = nil, names: [String]? = nil
  ) throws {
    let table = factors.rank == 1 ? factors.unsqueezed(dim: 1) : factors
    guard table.rank == 2, table.count > 0 else {
      throw MetricError(
        metric: "factors", "expected shape [n, k], found \(factors.shape)",
        remedy: "give one row an example and one column a factor")
    }
    try checkFinite(table, "factors")
    let columns = try (0..<table.size(1)).map { index in
      let name = described?[index].name ?? names?[index] ?? "factor \(index)"
      return try FactorColumn(table[.all, index], name: name, described: described?[index])
    }
    try self.init(codes: codes, columns: columns)
  }

  /// Codes [n, …] and ready columns.
  init(codes: Tensor, columns: [FactorColumn]) throws {
    let rows = try Self.table(codes)
    guard columns.allSatisfy({ $0.count == rows.size(0) }) else {
      throw MetricError(
        metric: "codes, factors",
        "expected as many rows of each, found \(rows.size(0)) codes and "
          + "\(columns.first?.count ?? 0) factors",
        remedy: "row i of both must belong to example i")
    }
    self.codes = rows
    factors = columns
    let spans = rows.max(dims: [0]) - rows.min(dims: [0])
    constantCodes = spans.scalars(as: Double.self).indices(where: { $0 == 0 }).ranges
      .flatMap(Array.init)
  }

  /// Codes [n, …] as a table [n, d] of float64 on the CPU; throws `MetricError` for no rows or
  /// columns and for numbers that are not finite.
  static func table(_ codes: Tensor, _ what: String = "codes") throws -> Tensor {
    guard codes.rank >= 1, codes.count > 0 else {
      throw MetricError(
        metric: what, "expected shape [n, d], found \(codes.shape)",
        remedy: "give one row an example and one column a code dimension")
    }
    let rows = codes.reshaped([codes.size(0), -1]).to(.cpu).to(.float64)
    try checkFinite(rows, what)
    return rows
  }

  /// What `make` returns, computed once for each key and kept.
  func shared<Value>(_ key: String, _ make: () throws -> Value) rethrows -> Value {
    if let known = shared[key] as? Value { return known }
    let value = try make()
    shared[key] = value
    return value
  }

  /// The examples with these indices [m].
  func selected(_ rows: Tensor) -> CodesAndFactors {
    CodesAndFactors(
      unchecked: codes.selected(rows, dim: 0), factors.map { $0.selected(rows) }, constantCodes)
  }

  /// Some of the factors.
  func selecting(factors kept: (FactorColumn) -> Bool) -> CodesAndFactors {
    CodesAndFactors(unchecked: codes, factors.filter(kept), constantCodes)
  }

  private init(unchecked codes: Tensor, _ factors: [FactorColumn], _ constantCodes: [Int]) {
    self.codes = codes
    self.factors = factors
    self.constantCodes = constantCodes
  }
}

/// Throws `MetricError` that names the first row and column that is no finite number.
private func checkFinite(_ table: Tensor, _ what: String) throws {
  let wrong = (.!table.isFinite).nonzero()
  guard wrong.size(0) > 0 else { return }
  let place = wrong[0].scalars(as: Int.self)
  let found = table[place[0], place[1]].item()
  throw MetricError(
    metric: what, "row \(place[0]), column \(place[1]): expected a finite number, found \(found)",
    remedy: "remove the rows that have no number, from codes and factors alike")
}
