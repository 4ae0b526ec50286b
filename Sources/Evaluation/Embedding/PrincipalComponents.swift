public import Torch

/// The directions in which codes spread most.
///
/// y = (z − z̄) V, V the eigenvectors of the covariance with the largest eigenvalues; of the two signs that a direction
/// has, the one whose largest element is positive. **PyTorch**: none; scikit-learn's `PCA`.
public struct PrincipalComponents {
  /// z̄, `[d]`, float64.
  public let mean: Tensor
  /// V, `[d, count]`, float64.
  public let axes: Tensor
  /// The share of the variance along each axis; zeros for codes that are all equal.
  public let shares: [Double]

  /// Of codes `[n, d]`; as many axes as asked for, at most d and n.
  ///
  /// Throws `MetricError` for fewer than two examples and for numbers that are not finite.
  public init(_ codes: Tensor, count: Int = 2) throws {
    let rows = try codeTable(codes, metric: "principal-components", minimum: 2)
    mean = rows.mean(dim: 0)
    let (_, s, vh) = LinearAlgebra.svd(rows - mean)
    let kept = Swift.min(count, vh.size(0))
    let directions = vh[0..<kept]
    let largest = abs(directions).argMax(dim: 1, keepDim: true)
    let signs = sign(directions.gathered(largest, dim: 1))
    axes = (directions * signs).transposed()
    let variances = squared(s)
    let total = variances.sum().item()
    shares =
      total > 0
      ? (variances / total)[0..<kept].scalars(as: Double.self) : Array(repeating: 0, count: kept)
  }

  /// The places `[n, count]` of codes `[n, d]`, float64.
  public func places(of codes: Tensor) -> Tensor { matmul(codes.to(.float64) - mean, axes) }
}
