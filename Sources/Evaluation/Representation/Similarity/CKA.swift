public import Distributions
public import Torch

/// What two representations are compared through.
public enum CKAKernel: Sendable, Hashable {
  /// Scalar products of centred codes.
  case linear
  /// exp(−‖x − y‖²/2σ²) with σ this part of the median distance.
  case gaussian(medianFraction: Double = 0.5)
}

/// Centred kernel alignment HSIC(K, L)/√(HSIC(K, K) HSIC(L, L)) of two encoders' codes of the same examples, `[n, d]` and
/// `[n, e]`: 1 for codes that are equal up to a rotation and a scale.
///
/// The biased form lies in [0, 1] and is near 1 for any codes with many more dimensions than examples; the unbiased form
/// (debiased CKA) is 0 in the mean for unrelated codes and may be slightly negative. Throws `MetricError` for different
/// lengths, fewer than four examples and codes that are all equal. Source: Kornblith et al. 2019, arXiv 1905.00414, section
/// 3; Nguyen, Raghu and Kornblith 2021, arXiv 2010.15327, equation 3.
public func centredKernelAlignment(
  _ x: Tensor, _ y: Tensor, kernel: CKAKernel = .linear, estimator: KernelEstimator = .unbiased
) throws -> Double {
  let (a, b) = try pairedTables(x, y, metric: "cka", minimum: 4)
  for (name, table) in [("first", a), ("second", b)] {
    guard (table.max(dims: [0]) - table.min(dims: [0])).max().item() > 0 else {
      throw MetricError(
        metric: "cka", "\(name) codes: expected codes that vary, found one code for all examples",
        remedy: "an encoder that ignores its input has no similarity to anything")
    }
  }
  let (k, l) = (gram(a, kernel), gram(b, kernel))
  let cross = hsic(gram: k, l, estimator: estimator).item()
  let first = hsic(gram: k, k, estimator: estimator).item()
  let second = hsic(gram: l, l, estimator: estimator).item()
  return cross / (first * second).squareRoot()
}

private func gram(_ x: Tensor, _ kernel: CKAKernel) -> Tensor {
  // Scaled to a mean squared length of 1, which no kernel here depends on, so that nothing overflows.
  let centred = x - x.mean(dim: 0)
  let scaled = centred / squared(centred).sum(dim: 1).mean().item().squareRoot()
  switch kernel {
  case .linear: return Kernel.linear(scaled, scaled)
  case .gaussian(let fraction):
    guard case .gaussian(let widths) = Kernel.gaussian(medianOf: scaled), let width = widths.first
    else { return Kernel.linear(scaled, scaled) }
    // Most examples alike leave a median of zero; then every code's own scale, 1, stands in for it.
    let bandwidth = fraction * (width > 0 ? width : 1)
    return Kernel.gaussian(bandwidth: bandwidth)(scaled, scaled)
  }
}
