public import Torch

/// How a kernel statistic of samples treats the pairs of a point with itself.
public enum KernelEstimator: Sendable, Hashable, CaseIterable {
  /// With them (V-statistic): never negative, too large by O(1/n).
  case biased
  /// Without them (U-statistic): right in the mean, may be negative.
  case unbiased
}

/// MMD²(p, q) = E k(x, x′) + E k(y, y′) − 2 E k(x, y), the squared distance of the kernel means, from samples
/// `[n, d]` of p and `[m, d]` of q: a scalar, differentiable in both.
///
/// Zero in the mean only for p = q if the kernel is characteristic (Gaussian, inverse multiquadratic). The square is
/// given, since its root has no gradient where the samples agree and no unbiased estimate. Fails as operators do for
/// samples of different width or type, and with fewer than two rows where `estimator` is unbiased. Source: Gretton et
/// al. 2012, A kernel two-sample test, equations 3 and 5.
public func squaredMMD(
  _ x: Tensor, _ y: Tensor, kernel: Kernel, estimator: KernelEstimator = .unbiased
) -> Tensor {
  let minimum = estimator == .unbiased ? 2 : 1
  guard checkSamples("squaredMMD", x, y, minimum: minimum) else { return Tensor(0.0) }
  return meanOfPairs(kernel(x, x), estimator) + meanOfPairs(kernel(y, y), estimator)
    - 2 * kernel(x, y).mean()
}

/// The mean of a symmetric matrix `[n, n]`, without its diagonal if the estimator is unbiased.
func meanOfPairs(_ gram: Tensor, _ estimator: KernelEstimator) -> Tensor {
  let n = gram.size(0)
  switch estimator {
  case .biased: return gram.mean()
  case .unbiased: return (gram.sum() - gram.diagonal().sum()) / Double(n * (n - 1))
  }
}
