public import Distributions
public import LatentCore
public import Torch

/// λ MMD²(q(z), p(z)) between the codes of a batch and as many draws of the prior: the term `mmd`.
///
/// For any bottleneck whose prior can be sampled, with or without noise. **Randomness**: one draw of the prior.
/// **Source**: Tolstikhin et al. 2018, arXiv 1711.01558, algorithm 2; Zhao, Song & Ermon 2019, arXiv
/// 1706.02262, section 3.2.
public struct AggregateMMD: Objective, Sendable {
  /// λ.
  public var weight: Double
  /// The kernel.
  public var kernel: CodeKernel
  /// Whether the pairs of a code with itself count.
  public var estimator: KernelEstimator

  /// The penalty; by default the unbiased estimate, which may be negative.
  public init(
    weight: Double, kernel: CodeKernel = .imq, estimator: KernelEstimator = .unbiased
  ) {
    self.weight = weight
    self.kernel = kernel
    self.estimator = estimator
  }

  /// Adds `mmd`.
  public func add(to terms: inout Terms, _ pass: Pass) {
    let codes = pass.flatCodes
    let prior = pass.priorCodes()
    let kernel = kernel.kernel(size: codes.size(1), prior: prior)
    // A batch of one has no pairs; the last one of an epoch may be.
    let estimator = codes.size(0) < 2 ? KernelEstimator.biased : estimator
    terms.minimise(
      "mmd", squaredMMD(codes, prior, kernel: kernel, estimator: estimator), unit: .plain,
      weight: weight)
  }
}

/// A kernel whose scale fits codes of a prior of unit variance, d dimensions.
public enum CodeKernel: String, Sendable, CaseIterable, ConfigValue {
  /// Σ c/(c + ‖x − y‖²) over c = 2 d · {0.1, 0.2, 0.5, 1, 2, 5, 10}.
  case imq
  /// c/(c + ‖x − y‖²) with c = 2 d.
  case imqSingle = "imq-single"
  /// exp(−‖x − y‖²/2d).
  case rbf
  /// Σ exp(−‖x − y‖²/2ds) over s = {0.1, 0.2, 0.5, 1, 2, 5, 10}.
  case rbfMulti = "rbf-multi"
  /// Gaussian, its bandwidth the median distance of the prior's draws.
  case rbfMedian = "rbf-median"

  /// The kernel for codes of `size` numbers; `prior` are draws `[n, size]`.
  public func kernel(size: Int, prior: Tensor) -> Kernel {
    let d = Double(size)
    return switch self {
    case .imq: .inverseMultiquadratic(dimensions: size)
    case .imqSingle: .inverseMultiquadratic(scales: [2 * d])
    case .rbf: .gaussian(bandwidth: d.squareRoot())
    case .rbfMulti:
      .gaussian(bandwidths: [0.1, 0.2, 0.5, 1, 2, 5, 10].map { (d * $0).squareRoot() })
    case .rbfMedian: .gaussian(medianOf: prior)
    }
  }
}

extension Pass {
  /// The codes of the draw, `[B, d]`.
  var flatCodes: Tensor { draw.codes.flattened(from: 1) }

  /// As many codes of the prior, `[B, d]`, without gradients.
  func priorCodes() -> Tensor {
    model.samplePrior(count, using: step.generator).detached().flattened(from: 1)
  }
}
