/// The one-to-one assignment of rows to columns of least total cost.
///
/// `costs` has r rows of c ≥ r finite numbers; the result holds the column of each row. Takes O(r² c) by shortest
/// augmenting paths with potentials. Source: Kuhn 1955; Jonker and Volgenant 1987, A shortest augmenting path algorithm for
/// dense and sparse linear assignment problems. SciPy: `scipy.optimize.linear_sum_assignment`.
public func linearAssignment(_ costs: [[Double]]) -> [Int] {
  let rows = costs.count
  guard let columns = costs.first?.count else { return [] }
  precondition(
    columns >= rows && costs.allSatisfy { $0.count == columns && $0.allSatisfy(\.isFinite) },
    "linearAssignment: expected \(rows) rows of at least as many finite numbers each")
  var rowPotential = [Double](repeating: 0, count: rows)
  var columnPotential = [Double](repeating: 0, count: columns)
  var rowOf = [Int](repeating: -1, count: columns)
  for row in 0..<rows {
    // Dijkstra over columns with reduced costs, from `row` to a free column.
    var distance = [Double](repeating: .infinity, count: columns)
    var previous = [Int](repeating: -1, count: columns)
    var done = [Bool](repeating: false, count: columns)
    var (current, currentColumn, reached) = (row, -1, 0.0)
    while true {
      var (next, best) = (-1, Double.infinity)
      for column in 0..<columns where !done[column] {
        let reduced =
          reached + costs[current][column] - rowPotential[current] - columnPotential[column]
        if reduced < distance[column] {
          distance[column] = reduced
          previous[column] = currentColumn
        }
        if distance[column] < best { (next, best) = (column, distance[column]) }
      }
      done[next] = true
      (currentColumn, reached) = (next, best)
      if rowOf[next] < 0 { break }
      current = rowOf[next]
    }
    rowPotential[row] += reached
    for column in 0..<columns where done[column] && column != currentColumn {
      rowPotential[rowOf[column]] += reached - distance[column]
      columnPotential[column] -= reached - distance[column]
    }
    var column = currentColumn
    while previous[column] >= 0 {
      rowOf[column] = rowOf[previous[column]]
      column = previous[column]
    }
    rowOf[column] = row
  }
  var result = [Int](repeating: -1, count: rows)
  for (column, row) in rowOf.enumerated() where row >= 0 { result[row] = column }
  return result
}
