public import Torch

/// A positive definite function of two points.
///
///     let kernel = Kernel.inverseMultiquadratic(scales: [2, 20])
///     let gram = kernel(x, y)   // [n, m]
///
/// A kernel with several scales is the *sum* over them, as the papers have it, so that k(x, x) is their number.
public enum Kernel: Sendable, Hashable {
  /// Σ exp(−‖x − y‖²/2σ²) over the bandwidths σ. Also called RBF.
  case gaussian(bandwidths: [Double])

  /// Σ c/(c + ‖x − y‖²) over the scales c, with heavier tails than a Gaussian.
  case inverseMultiquadratic(scales: [Double])

  /// (γ x·y + b)^p.
  case polynomial(degree: Int, gamma: Double, offset: Double)

  /// x·y.
  case linear

  /// The Gaussian kernel of one bandwidth σ.
  public static func gaussian(bandwidth: Double) -> Kernel { .gaussian(bandwidths: [bandwidth]) }

  /// The multi-scale kernel for codes of a standard normal prior: scales 2 d σ² · {0.1, 0.2, 0.5, 1, 2, 5, 10}.
  ///
  /// 2 d σ² is the expected squared distance of two points of N(0, σ² I). Source: Tolstikhin et al. 2018,
  /// arXiv 1711.01558, section 4.
  public static func inverseMultiquadratic(dimensions: Int, variance: Double = 1) -> Kernel {
    let middle = 2 * Double(dimensions) * variance
    return .inverseMultiquadratic(scales: [0.1, 0.2, 0.5, 1, 2, 5, 10].map { $0 * middle })
  }

  /// The Gaussian kernel whose bandwidth is the median distance of different rows of `sample` `[n, d]`.
  ///
  /// Fails as operators do with fewer than two rows. Source: Gretton et al. 2012, A kernel two-sample test, section 8.
  public static func gaussian(medianOf sample: Tensor) -> Kernel {
    guard checkSamples("Kernel.gaussian(medianOf:)", sample, sample, minimum: 2) else {
      return .gaussian(bandwidths: [1])
    }
    let distances = withoutGradients { () -> Tensor in
      let all = sqrt(squaredDistances(sample, sample))
      let n = sample.size(0)
      let upper = Tensor.ones([n, n], device: sample.device).upperTriangle(diagonal: 1)
      return all.selected(where: upper .> 0)
    }
    return .gaussian(bandwidths: [distances.median().item()])
  }

  /// k(xᵢ, yⱼ) of all pairs of rows `[n, d]` and `[m, d]`: `[n, m]`, differentiable.
  public func callAsFunction(_ x: Tensor, _ y: Tensor) -> Tensor {
    guard checkSamples("Kernel", x, y) else { return Tensor.zeros([0, 0]) }
    switch self {
    case .gaussian(let bandwidths):
      let distances = squaredDistances(x, y)
      return Kernel.sum(bandwidths) { exp(distances * (-0.5 / ($0 * $0))) }
    case .inverseMultiquadratic(let scales):
      let distances = squaredDistances(x, y)
      return Kernel.sum(scales) { scale in scale / (distances + scale) }
    case .polynomial(let degree, let gamma, let offset):
      return pow(matmul(x, y.transposed()) * gamma + offset, degree)
    case .linear:
      return matmul(x, y.transposed())
    }
  }

  private static func sum(_ scales: [Double], _ term: (Double) -> Tensor) -> Tensor {
    guard let first = scales.first, scales.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      return fail("Kernel", [], "expected at least one scale, all positive, found \(scales)")
    }
    return scales.dropFirst().reduce(term(first)) { $0 + term($1) }
  }
}

/// ‖xᵢ − yⱼ‖² of all pairs of rows `[n, d]` and `[m, d]`: `[n, m]`, never negative, differentiable.
///
/// Through the expanded square of points centred at y's mean, which is one product of matrices; it loses digits
/// only for points much nearer to each other than to that mean. PyTorch: `torch.cdist(x, y) ** 2`.
public func squaredDistances(_ x: Tensor, _ y: Tensor) -> Tensor {
  let centre = y.detached().mean(dim: 0, keepDim: true)
  let (a, b) = (x - centre, y - centre)
  let squares = squared(a).sum(dim: 1, keepDim: true) + squared(b).sum(dim: 1)
  return (squares - 2 * matmul(a, b.transposed())).clamped(min: 0)
}
