public import Torch

/// The normal distribution of vectors with mean μ and full covariance Σ = L Lᵀ, kept as L.
///
/// log p(x) = −½ [‖L⁻¹(x − μ)‖² + d log 2π] − Σ log Lᵢᵢ. Leading dimensions of μ and L broadcast.
/// PyTorch: `torch.distributions.MultivariateNormal`.
public struct MultivariateNormal: ReparameterizedDistribution {
  /// The mean μ, of shape `batchShape` + [d].
  public let mean: Tensor
  /// The lower factor L with positive diagonal, [..., d, d]; what is above the diagonal is ignored.
  public let scaleFactor: Tensor
  /// The shape of the batch.
  public let batchShape: [Int]

  /// From means [..., d] and lower Cholesky factors [..., d, d]; fails as operators do for shapes
  /// that do not fit.
  public init(mean: Tensor, scaleFactor: Tensor) {
    let name = "MultivariateNormal(mean:scaleFactor:)"
    checkVector(name, mean)
    checkVector(name, scaleFactor, rank: 2)
    let d = mean.shape.last ?? 0
    let batch = broadcastShape(Array(mean.shape.dropLast()), Array(scaleFactor.shape.dropLast(2)))
    if batch == nil || Array(scaleFactor.shape.suffix(2)) != [d, d] {
      fail(
        name, [mean, scaleFactor], "expected [..., d] and [..., d, d] whose leading sizes broadcast"
      )
    }
    batchShape = batch ?? []
    self.mean = mean.broadcast(to: batch.map { $0 + [d] } ?? mean.shape)
    self.scaleFactor = scaleFactor
  }

  /// From means [..., d] and covariances [..., d, d]; fails as operators do unless these are
  /// positive definite.
  public init(mean: Tensor, covariance: Tensor) {
    self.init(mean: mean, scaleFactor: LinearAlgebra.cholesky(covariance))
  }

  /// From means [..., d] and inverse covariances [..., d, d]; fails as operators do unless these
  /// are positive definite.
  public init(mean: Tensor, precision: Tensor) {
    // With J the exchange matrix, J P J = C Cᵀ gives P⁻¹ = L Lᵀ for L = J C⁻ᵀ J, lower triangular.
    let flipped = LinearAlgebra.cholesky(precision.flipped(dims: [-2, -1]))
    let transposed = flipped.flipped(dims: [-2, -1]).transposed()
    let eye = Tensor.eye(precision.size(-1), dtype: precision.dtype, device: precision.device)
    self.init(mean: mean, scaleFactor: LinearAlgebra.triangularSolve(transposed, eye))
  }

  /// The dimension d.
  public var dimension: Int { mean.size(-1) }
  /// [d].
  public var eventShape: [Int] { [dimension] }
  /// All real vectors.
  public var support: Constraint { .each(.real, dims: 1) }
  /// μ and L.
  public var parameters: [DistributionParameter] {
    [.init("mean", mean, .real), .init("scaleFactor", scaleFactor, .lowerCholesky)]
  }
  /// The same distribution without the history of its parameters.
  public func detached() -> MultivariateNormal {
    MultivariateNormal(mean: mean.detached(), scaleFactor: scaleFactor.detached())
  }

  /// Σ = L Lᵀ.
  public var covariance: Tensor {
    let factor = scaleFactor.lowerTriangle()
    return matmul(factor, factor.transposed())
  }

  /// Σ log Lᵢᵢ, half the log-determinant of Σ.
  var halfLogDeterminant: Tensor { log(scaleFactor.diagonal()).sum(dim: -1) }

  /// μ + L ε with ε standard normal.
  public func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    let noise = Tensor.randn(
      sampleShape + batchShape + [dimension], using: generator, dtype: mean.dtype)
    let factor = scaleFactor.lowerTriangle()
    return mean + matmul(factor, noise.unsqueezed(dim: -1)).squeezed(dim: -1)
  }

  /// −½ [‖L⁻¹(x − μ)‖² + d log 2π] − Σ log Lᵢᵢ in nats.
  public func logProbability(_ value: Tensor) -> Tensor {
    let distance = squared(whitened(value - mean)).sum(dim: -1)
    return -0.5 * (distance + Double(dimension) * logTwoPi) - halfLogDeterminant
  }

  /// L⁻¹ v for vectors v [..., d].
  func whitened(_ vectors: Tensor) -> Tensor {
    let shape = broadcastShape(vectors.shape.dropLast(), scaleFactor.shape.dropLast(2))
    let factor = scaleFactor.broadcast(to: (shape ?? []) + [dimension, dimension])
    let columns = vectors.broadcast(to: (shape ?? []) + [dimension]).unsqueezed(dim: -1)
    return LinearAlgebra.triangularSolve(factor, columns).squeezed(dim: -1)
  }
}

extension MultivariateNormal: DistributionWithMoments, DistributionWithEntropy {
  /// The diagonal of Σ.
  public var variance: Tensor {
    squared(scaleFactor.lowerTriangle()).sum(dim: -1).broadcast(to: mean.shape)
  }

  /// ½ d (1 + log 2π) + Σ log Lᵢᵢ in nats.
  public func entropy() -> Tensor {
    (halfLogDeterminant + 0.5 * Double(dimension) * (1 + logTwoPi)).broadcast(to: batchShape)
  }
}
