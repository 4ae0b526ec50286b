public import Torch

/// Canonical correlations of two encoders' codes after each was reduced to its main directions.
public struct SVCCA: Sendable, Equatable {
  /// The canonical correlations, falling, as many as the smaller number of directions kept.
  public let correlations: [Double]
  /// Their mean, 1 for codes that are equal up to an invertible linear map of the kept directions.
  public let mean: Double
  /// Directions kept of each side.
  public let kept: [Int]

  /// Keeps as many singular directions of each side as hold `variance` of its variance, and correlates them.
  ///
  /// Codes are `[n, d]` and `[n, e]` of the same examples. Throws `MetricError` for different lengths, a share outside
  /// 0 … 1, codes that are all equal, and fewer examples than directions, where every correlation would be 1. Source: Raghu
  /// et al. 2017, arXiv 1706.05806, section 2.
  public init(_ x: Tensor, _ y: Tensor, variance: Double = 0.99) throws {
    let (a, b) = try pairedTables(x, y, metric: "svcca")
    guard variance > 0, variance <= 1 else {
      throw MetricError(
        metric: "svcca", "expected a share of variance in (0, 1], found \(variance)",
        remedy: "take 0.99")
    }
    let first = try Self.mainDirections(a, variance)
    let second = try Self.mainDirections(b, variance)
    let dimensions = [first.size(1), second.size(1)]
    guard a.size(0) > dimensions[0] + dimensions[1] else {
      throw MetricError(
        metric: "svcca",
        "expected more examples than the \(dimensions[0]) + \(dimensions[1]) directions kept, found "
          + "\(a.size(0))", remedy: "give more examples or keep less variance")
    }
    let cosines = LinearAlgebra.singularValues(matmul(first.transposed(), second))
    correlations = cosines.clamped(max: 1).scalars(as: Double.self)
    mean = correlations.reduce(0, +) / Double(correlations.count)
    kept = dimensions
  }

  /// An orthonormal basis `[n, r]` of the first singular directions of the centred codes.
  private static func mainDirections(_ x: Tensor, _ variance: Double) throws -> Tensor {
    let (u, s, _) = LinearAlgebra.svd(x - x.mean(dim: 0))
    let squares = squared(s).scalars(as: Double.self)
    let total = squares.reduce(0, +)
    guard total > 0 else {
      throw MetricError(
        metric: "svcca", "expected codes that vary, found one code for all examples",
        remedy: "an encoder that ignores its input has no similarity to anything")
    }
    var (held, count) = (0.0, 0)
    while held < variance * total * (1 - 1e-12), count < squares.count,
      squares[count] > squares[0] * 1e-24
    {
      held += squares[count]
      count += 1
    }
    return u[.all, 0..<Swift.max(count, 1)]
  }
}
