import Foundation
public import Torch

/// How well groups agree with classes, whatever the groups are called.
public struct ClusteringScores: Sendable, Equatable {
  /// I(groups; classes)/½(H + H′), in [0, 1]; 1 if both have one group only.
  public let normalizedMutualInformation: Double
  /// The Rand index corrected for chance: 0 in the mean for random groups, 1 for equal ones.
  public let adjustedRandIndex: Double
  /// The share of examples that are right under the best one-to-one naming of groups by classes.
  public let accuracy: Double
  /// Examples by group and class.
  public let contingency: [[Int]]

  /// Compares numbers of groups `[n]` and of classes `[n]`, both int64 from 0 on.
  ///
  /// Throws `MetricError` for wrong lengths and no examples. Source: Strehl and Ghosh 2002; Hubert and Arabie 1985, Comparing
  /// partitions. scikit-learn: `normalized_mutual_info_score`, `adjusted_rand_score`.
  public init(groups: Tensor, classes: Tensor) throws {
    guard groups.rank == 1, groups.shape == classes.shape, groups.count > 0 else {
      throw MetricError(
        metric: "clustering",
        "expected a group and a class for each example, found \(groups.shape) and \(classes.shape)",
        remedy: "row i of both must belong to example i")
    }
    let width = classes.max().integerItem() + 1
    let height = groups.max().integerItem() + 1
    let counts = (groups * width + classes).binCount(minimumLength: width * height)
      .scalars(as: Int.self)
    let table = (0..<height).map { Array(counts[($0 * width)..<(($0 + 1) * width)]) }
    contingency = table
    let rowSums = table.map { $0.reduce(0, +) }
    let columnSums = (0..<width).map { column in table.reduce(0) { $0 + $1[column] } }
    let n = Double(groups.count)
    normalizedMutualInformation = Self.information(table, rowSums, columnSums, n)
    adjustedRandIndex = Self.rand(counts, rowSums, columnSums, n)
    accuracy = Self.bestAccuracy(table, n)
  }

  private static func entropy(_ counts: [Int], _ n: Double) -> Double {
    counts.reduce(0) { sum, count in
      count > 0 ? sum - Double(count) / n * log(Double(count) / n) : sum
    }
  }

  private static func information(
    _ table: [[Int]], _ rows: [Int], _ columns: [Int], _ n: Double
  ) -> Double {
    let mean = (entropy(rows, n) + entropy(columns, n)) / 2
    guard mean > 0 else { return 1 }
    let joint = entropy(table.flatMap { $0 }, n)
    return Swift.max(0, (2 * mean - joint) / mean)
  }

  private static func rand(_ cells: [Int], _ rows: [Int], _ columns: [Int], _ n: Double) -> Double {
    func pairs(_ counts: [Int]) -> Double {
      counts.reduce(0) { $0 + Double($1) * Double($1 - 1) / 2 }
    }
    let (index, first, second) = (pairs(cells), pairs(rows), pairs(columns))
    let expected = n > 1 ? first * second / (n * (n - 1) / 2) : 0
    let largest = (first + second) / 2
    return largest == expected ? 1 : (index - expected) / (largest - expected)
  }

  private static func bestAccuracy(_ table: [[Int]], _ n: Double) -> Double {
    let isWide = table[0].count >= table.count
    let rows =
      isWide ? table : table[0].indices.map { column in table.map { $0[column] } }
    let named = linearAssignment(rows.map { $0.map { -Double($0) } })
    return zip(rows, named).reduce(0) { $0 + Double($1.0[$1.1]) } / n
  }
}
