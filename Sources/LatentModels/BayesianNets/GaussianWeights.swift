public import LatentCore
public import LatentNN
public import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How the covariance of the weights of one output is parametrised.
public enum WeightCovariance: String, Sendable, CaseIterable, ConfigValue {
  /// S = diag(s²): d numbers.
  case diagonal
  /// S = L Lᵀ, L lower triangular with a positive diagonal: d (d + 1)/2 numbers.
  case dense
  /// S = diag(s²) + U Uᵀ, U of `rank` columns: d (1 + rank) numbers.
  case lowRank = "low-rank"
}

/// A Gaussian posterior over the weights of a linear layer, independent from output to output.
///
/// q(W) = Π_k N(w_k; m_k, S_k) beside the prior p(W) = Π_k N(w_k; 0, v I). **Shapes**: W `[outputs, features]`.
/// **Source**: Harrison, Willes and Snoek 2024, arXiv 2404.11599, section 3.
public final class GaussianWeights: Module {
  /// m, `[outputs, features]`.
  public let mean: Parameter
  /// log s, `[outputs, features]`: of the diagonal of L where there is one.
  public let logScale: Parameter
  /// What of L is below the diagonal, `[outputs, features, features]`, or U, `[outputs, features, rank]`.
  public let factor: Parameter?
  /// How S is parametrised.
  public let covarianceKind: WeightCovariance
  /// v, the prior's variance.
  public let priorVariance: Double

  /// Weights whose means are drawn from N(0, 1/features), with deviations of 1/features.
  ///
  /// - Parameters:
  ///   - features: d, the numbers that come in.
  ///   - outputs: the numbers that go out.
  ///   - covariance: how S is parametrised.
  ///   - rank: of U, for a low-rank covariance.
  ///   - priorVariance: v; 1/features if nil, under which an output has the mean square of the features as variance.
  ///   - generator: draws the means, then U.
  public init(
    _ features: Int, _ outputs: Int, covariance: WeightCovariance = .dense, rank: Int = 4,
    priorVariance: Double? = nil, using generator: Generator
  ) {
    precondition(
      features > 0 && outputs > 0 && rank > 0,
      "GaussianWeights: sizes are \(features), \(outputs) and rank \(rank), expected at least 1")
    let width = Double(features)
    let shape = [outputs, features]
    mean = Parameter(Tensor.randn(shape, using: generator) / width.squareRoot())
    logScale = Parameter(-log(Tensor.full(shape, width)))
    switch covariance {
    case .diagonal: factor = nil
    case .dense: factor = Parameter(Tensor.zeros(shape + [features]))
    // At zero U would have no gradient.
    case .lowRank:
      factor = Parameter(Tensor.randn(shape + [rank], using: generator) * (0.1 / width))
    }
    covarianceKind = covariance
    self.priorVariance = priorVariance ?? 1 / width
  }

  /// E[W φ], `[B, outputs]`.
  public func mean(of features: Tensor) -> Tensor { linear(features, weight: mean.value) }

  /// Var[w_kᵀ φ] = φᵀ S_k φ, `[B, outputs]`.
  public func variance(of features: Tensor) -> Tensor {
    guard covarianceKind != .dense else { return projected(features, scaleFactor) }
    let diagonal = linear(squared(features), weight: exp(2 * logScale.value))
    return factor.map { diagonal + projected(features, $0.value) } ?? diagonal
  }

  /// Σ_c (φᵀ A_k)_c² for A `[outputs, features, columns]`, as one product of matrices.
  private func projected(_ features: Tensor, _ a: Tensor) -> Tensor {
    let (outputs, width, columns) = a.shape3
    let flat = a.permuted([1, 0, 2]).reshaped([width, outputs * columns])
    return squared(matmul(features, flat)).reshaped([-1, outputs, columns]).sum(dim: 2)
  }

  /// S, `[outputs, features, features]`.
  public var covariance: Tensor {
    guard covarianceKind != .dense else {
      return matmul(scaleFactor, scaleFactor.transposed())
    }
    let diagonal = exp(2 * logScale.value).diagonalMatrix()
    return factor.map { diagonal + matmul($0.value, $0.value.transposed()) } ?? diagonal
  }

  /// KL(q(W) ‖ p(W)) in nats, a scalar:
  /// ½ Σ_k [(‖m_k‖² + tr S_k)/v + d log v − log |S_k| − d].
  public var divergence: Tensor {
    let scale = logScale.value
    var trace = exp(2 * scale).sum()
    var logDeterminant = 2 * scale.sum()
    if let factor, covarianceKind == .dense {
      trace += squared(factor.value.lowerTriangle(diagonal: -1)).sum()
    } else if let u = factor?.value {
      trace += squared(u).sum()
      // |D + U Uᵀ| = |D| |I + Uᵀ D⁻¹ U|
      let scaled = u * exp(-scale).unsqueezed(dim: -1)
      let inner = matmul(scaled.transposed(), scaled)
      let identity = Tensor.eye(u.size(-1), dtype: u.dtype, device: u.device)
      logDeterminant += LinearAlgebra.logdet(identity + inner).sum()
    }
    let size = Double(mean.count)
    let constant = size * (log(priorVariance) - 1)
    return 0.5 * ((squared(mean.value).sum() + trace) / priorVariance - logDeterminant + constant)
  }

  /// One draw of W, `[outputs, features]`, with a path for gradients.
  public func sample(using generator: Generator) -> Tensor {
    let dtype = mean.value.dtype
    let spread = Tensor.randn(mean.shape + [1], using: generator, dtype: dtype)
    guard covarianceKind != .dense else {
      return mean.value + matmul(scaleFactor, spread).squeezed(dim: -1)
    }
    let own = mean.value + exp(logScale.value) * spread.squeezed(dim: -1)
    guard let u = factor?.value else { return own }
    let common = Tensor.randn([u.size(0), u.size(2), 1], using: generator, dtype: dtype)
    return own + matmul(u, common).squeezed(dim: -1)
  }

  /// L of a dense covariance.
  private var scaleFactor: Tensor {
    let diagonal = exp(logScale.value).diagonalMatrix()
    return factor.map { $0.value.lowerTriangle(diagonal: -1) + diagonal } ?? diagonal
  }

  /// `features → outputs`, and the kind of covariance.
  public override var details: String {
    "\(mean.shape[1]) → \(mean.shape[0]), \(covarianceKind.rawValue) covariance"
  }
}
