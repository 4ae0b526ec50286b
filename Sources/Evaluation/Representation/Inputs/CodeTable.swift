import Torch

/// Codes `[n, …]` as a table `[n, d]` of float64 on the CPU.
///
/// Throws `MetricError` for fewer than `minimum` rows, no columns, and a number that is not finite, which it names by row
/// and column.
func codeTable(
  _ codes: Tensor, metric: String, _ what: String = "codes", minimum: Int = 1
) throws -> Tensor {
  guard codes.rank >= 1, codes.count > 0 else {
    throw MetricError(
      metric: metric, "\(what): expected shape [n, d], found \(codes.shape)",
      remedy: "give one row an example and one column a dimension")
  }
  let rows = codes.detached().reshaped([codes.size(0), -1]).to(.cpu).to(.float64)
  guard rows.size(0) >= minimum else {
    throw MetricError(
      metric: metric, "\(what): expected at least \(minimum) examples, found \(rows.size(0))",
      remedy: "measure more examples")
  }
  let wrong = (.!rows.isFinite).nonzero()
  guard wrong.size(0) == 0 else {
    let place = wrong[0].scalars(as: Int.self)
    throw MetricError(
      metric: metric,
      "\(what): row \(place[0]), column \(place[1]): expected a finite number, found "
        + "\(rows[place[0], place[1]].item())",
      remedy: "remove the rows that have no number")
  }
  return rows
}

/// Two tables whose row i belongs to one example; throws `MetricError` as `codeTable` and for different lengths.
func pairedTables(
  _ x: Tensor, _ y: Tensor, metric: String, minimum: Int = 2
) throws -> (x: Tensor, y: Tensor) {
  let first = try codeTable(x, metric: metric, "first codes", minimum: minimum)
  let second = try codeTable(y, metric: metric, "second codes", minimum: minimum)
  guard first.size(0) == second.size(0) else {
    throw MetricError(
      metric: metric,
      "expected as many rows of each, found \(first.size(0)) and \(second.size(0))",
      remedy: "row i of both must belong to example i")
  }
  return (first, second)
}

/// Two tables of one width; throws `MetricError` as `codeTable` and for different widths.
func comparableTables(
  _ x: Tensor, _ y: Tensor, metric: String, _ what: (String, String) = ("samples", "reference"),
  minimum: Int = 2
) throws -> (x: Tensor, y: Tensor) {
  let first = try codeTable(x, metric: metric, what.0, minimum: minimum)
  let second = try codeTable(y, metric: metric, what.1, minimum: minimum)
  guard first.size(1) == second.size(1) else {
    throw MetricError(
      metric: metric,
      "expected \(what.0) and \(what.1) of one width, found \(first.size(1)) and \(second.size(1))",
      remedy: "give both in the same space")
  }
  return (first, second)
}
