public import Torch

/// The Hilbert–Schmidt independence criterion of paired samples `[n, d]` and `[n, e]`: a scalar, zero in the limit
/// exactly for independent variables if both kernels are characteristic; differentiable in both.
///
/// **Biased**: tr(K H L H)/n² with H = I − 1/n. **Unbiased**, with K̃ and L̃ the Gram matrices without diagonal:
/// [tr(K̃L̃) + ΣK̃ ΣL̃/((n−1)(n−2)) − 2/(n−2) · 1ᵀK̃L̃1]/(n(n−3)). Fails as operators do for different lengths or types and,
/// unbiased, with fewer than four pairs. Source: Gretton et al. 2005, Measuring statistical dependence with
/// Hilbert–Schmidt norms; Song et al. 2012, Feature selection via dependence maximization, theorem 2.
public func hsic(
  _ x: Tensor, _ y: Tensor, kernels: (Kernel, Kernel), estimator: KernelEstimator = .unbiased
) -> Tensor {
  guard checkPairs("hsic", x, y, minimum: estimator == .unbiased ? 4 : 1) else {
    return Tensor(0.0)
  }
  return hsic(gram: kernels.0(x, x), kernels.1(y, y), estimator: estimator)
}

/// As `hsic(_:_:kernels:estimator:)`, from the two Gram matrices `[n, n]`.
public func hsic(
  gram k: Tensor, _ l: Tensor, estimator: KernelEstimator = .unbiased
) -> Tensor {
  guard k.rank == 2, k.shape == l.shape, k.size(0) == k.size(1) else {
    return fail("hsic(gram:)", [k, l], "expected two Gram matrices [n, n]")
  }
  let n = Double(k.size(0))
  if estimator == .biased {
    let centred = k - k.mean(dim: 0, keepDim: true) - k.mean(dim: 1, keepDim: true) + k.mean()
    return (centred * l).sum() / (n * n)
  }
  guard n >= 4 else { return fail("hsic(gram:)", [k, l], "expected at least four pairs") }
  let a = k - k.diagonal().diagonalMatrix()
  let b = l - l.diagonal().diagonalMatrix()
  let products = (a * b).sum()
  let means = a.sum() * b.sum() / ((n - 1) * (n - 2))
  let rows = (a.sum(dim: 0) * b.sum(dim: 0)).sum() * (2 / (n - 2))
  return (products + means - rows) / (n * (n - 3))
}
