public import Torch

/// The squared Fréchet distance of the normal laws with the means and covariances of two samples `[n, d]` and `[m, d]`:
/// ‖μ − μ′‖² + tr Σ + tr Σ′ − 2 tr (Σ Σ′)^½.
///
/// In the features of an Inception network this is FID; what features they are must be said beside the number, and their count,
/// since the estimate falls with the sample size at the rate 1/n. The trace of the root is the sum of the singular values of
/// Σ^½ Σ′^½, both roots by symmetric eigenvalues in float64, so that singular covariances need no jitter. Covariances divide by n − 1.
/// Throws `MetricError` for fewer than two rows, other widths and numbers that are not finite. Source: Fréchet 1957; Dowson and Landau
/// 1982; Heusel et al. 2017, arXiv 1706.08500.
public func frechetDistance(_ samples: Tensor, _ reference: Tensor) throws -> Double {
  let (x, y) = try comparableTables(samples, reference, metric: "frechet")
  return frechetDistance(
    (x.mean(dim: 0), x.transposed().covariance()), (y.mean(dim: 0), y.transposed().covariance()))
}

/// As `frechetDistance(_:_:)`, of two normal laws given by mean `[d]` and covariance `[d, d]`, float64.
public func frechetDistance(
  _ p: (mean: Tensor, covariance: Tensor), _ q: (mean: Tensor, covariance: Tensor)
) -> Double {
  let d = p.mean.count
  let (first, second) = (p.covariance.reshaped([d, d]), q.covariance.reshaped([d, d]))
  let roots = LinearAlgebra.singularValues(
    matmul(symmetricRoot(first), symmetricRoot(second))
  ).sum()
  let traces = LinearAlgebra.trace(first) + LinearAlgebra.trace(second)
  let value = squared(p.mean - q.mean).sum() + traces - 2 * roots
  return Swift.max(0, value.item())
}

/// The symmetric positive semidefinite root of such a matrix; negative eigenvalues, which rounding makes, count as zero.
func symmetricRoot(_ a: Tensor) -> Tensor {
  let (values, vectors) = LinearAlgebra.eigh(a)
  return matmul(vectors * sqrt(values.clamped(min: 0)), vectors.transposed())
}
