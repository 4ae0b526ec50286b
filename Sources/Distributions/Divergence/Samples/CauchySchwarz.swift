public import Torch

/// The Cauchy–Schwarz divergence −log [∫pq/√(∫p² ∫q²)] in nats of the Gaussian kernel density estimates with this
/// bandwidth of two samples `[n, d]` and `[m, d]`: a scalar, never negative, zero for equal samples, symmetric,
/// differentiable in both.
///
/// A density estimate of bandwidth h adds h² to every variance, so that the value approaches the divergence of the two
/// laws, each convolved with N(0, h² I). The products of estimates integrate in closed form to mean kernels of bandwidth
/// √2 h. Fails as operators do for samples of different width or type. Source: Jenssen et al. 2006, The Cauchy–Schwarz
/// divergence and Parzen windowing, equation 12.
public func cauchySchwarzDivergence(_ x: Tensor, _ y: Tensor, bandwidth: Double) -> Tensor {
  guard checkSamples("cauchySchwarzDivergence", x, y) else { return Tensor(0.0) }
  guard bandwidth > 0 else {
    return fail("cauchySchwarzDivergence", [], "expected a positive bandwidth, found \(bandwidth)")
  }
  // Logarithms of mean kernels, so that samples far apart give a large number and not infinity.
  func logMeanKernel(_ a: Tensor, _ b: Tensor) -> Tensor {
    let exponents = squaredDistances(a, b) * (-0.25 / (bandwidth * bandwidth))
    return logMeanExp(exponents.flattened(), dim: 0)
  }
  return 0.5 * (logMeanKernel(x, x) + logMeanKernel(y, y)) - logMeanKernel(x, y)
}

extension MultivariateNormal {
  /// The Cauchy–Schwarz divergence −log [∫pq/√(∫p² ∫q²)] in nats, of the broadcast batch shape.
  ///
  /// ∫pq = N(μ; μ′, Σ + Σ′). Source: Kampa, Hasanbelliu and Principe 2011, Closed-form Cauchy–Schwarz PDF divergence for
  /// mixture of Gaussians, equation 2.
  public func cauchySchwarzDivergence(to q: MultivariateNormal) -> Tensor {
    func logOverlap(_ a: MultivariateNormal, _ b: MultivariateNormal) -> Tensor {
      MultivariateNormal(mean: a.mean, covariance: a.covariance + b.covariance)
        .logProbability(b.mean)
    }
    return 0.5 * (logOverlap(self, self) + logOverlap(q, q)) - logOverlap(self, q)
  }
}
