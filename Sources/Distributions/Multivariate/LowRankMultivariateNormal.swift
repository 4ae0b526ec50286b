public import Torch

/// The normal distribution of vectors with covariance W Wᵀ + diag(D), W of few columns.
///
/// Costs d r² instead of d³ by the identity of Woodbury: with C = I + Wᵀ D⁻¹ W,
/// log |Σ| = log |C| + Σ log Dᵢ and vᵀ Σ⁻¹ v = vᵀ D⁻¹ v − ‖C^(−½) Wᵀ D⁻¹ v‖².
/// PyTorch: `torch.distributions.LowRankMultivariateNormal`.
public struct LowRankMultivariateNormal: ReparameterizedDistribution {
  /// The mean μ, of shape `batchShape` + [d].
  public let mean: Tensor
  /// The factor W, of shape `batchShape` + [d, r].
  public let factor: Tensor
  /// The diagonal D > 0, of shape `batchShape` + [d].
  public let diagonal: Tensor
  /// The lower Cholesky factor of C.
  let capacitanceFactor: Tensor

  /// From means [..., d], factors [..., d, r] and diagonals [..., d]; fails as operators do for
  /// shapes that do not fit.
  public init(mean: Tensor, factor: Tensor, diagonal: Tensor) {
    let name = "LowRankMultivariateNormal(mean:factor:diagonal:)"
    checkVector(name, factor, rank: 2)
    let pair = broadcastParameters(name, [mean, diagonal])
    checkVector(name, pair[0])
    let d = pair[0].shape.last ?? 0
    let batch = broadcastShape(Array(pair[0].shape.dropLast()), Array(factor.shape.dropLast(2)))
    if batch == nil || factor.rank < 2 || factor.size(-2) != d {
      fail(name, [mean, factor, diagonal], "expected [..., d], [..., d, r] and [..., d]")
    }
    let shape = batch ?? []
    self.mean = pair[0].broadcast(to: shape + [d])
    self.diagonal = pair[1].broadcast(to: shape + [d])
    self.factor = factor.broadcast(to: shape + Array(factor.shape.suffix(2)))
    let scaled = self.factor / self.diagonal.unsqueezed(dim: -1)
    let rank = factor.shape.last ?? 0
    let eye = Tensor.eye(rank, dtype: mean.dtype, device: mean.device)
    capacitanceFactor = LinearAlgebra.cholesky(eye + matmul(self.factor.transposed(), scaled))
  }

  /// The dimension d.
  public var dimension: Int { mean.size(-1) }
  /// The number of columns r of W.
  public var factorRank: Int { factor.size(-1) }
  /// The shape of the means without its last size.
  public var batchShape: [Int] { Array(mean.shape.dropLast()) }
  /// [d].
  public var eventShape: [Int] { [dimension] }
  /// All real vectors.
  public var support: Constraint { .each(.real, dims: 1) }
  /// μ, W and D.
  public var parameters: [DistributionParameter] {
    [
      .init("mean", mean, .real), .init("factor", factor, .real),
      .init("diagonal", diagonal, .positive),
    ]
  }
  /// The same distribution without the history of its parameters.
  public func detached() -> LowRankMultivariateNormal {
    LowRankMultivariateNormal(
      mean: mean.detached(), factor: factor.detached(), diagonal: diagonal.detached())
  }

  /// W Wᵀ + diag(D).
  public var covariance: Tensor {
    matmul(factor, factor.transposed()) + diagonal.diagonalMatrix()
  }

  /// log |Σ|.
  var logDeterminant: Tensor {
    2 * log(capacitanceFactor.diagonal()).sum(dim: -1) + log(diagonal).sum(dim: -1)
  }

  /// μ + W ε + √D ε′ with ε and ε′ from one call of `Tensor.randn`.
  public func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    let shape = sampleShape + batchShape + [factorRank + dimension]
    let noise = Tensor.randn(shape, using: generator, dtype: mean.dtype)
      .split(sizes: [factorRank, dimension], dim: -1)
    let shared = matmul(factor, noise[0].unsqueezed(dim: -1)).squeezed(dim: -1)
    return mean + shared + sqrt(diagonal) * noise[1]
  }

  /// −½ [(x − μ)ᵀ Σ⁻¹ (x − μ) + log |Σ| + d log 2π] in nats.
  public func logProbability(_ value: Tensor) -> Tensor {
    let distance = squaredNorms(ofColumns: (value - mean).unsqueezed(dim: -1)).squeezed(dim: -1)
    return -0.5 * (distance + logDeterminant + Double(dimension) * logTwoPi)
  }

  /// vᵀ Σ⁻¹ v for each column v of `matrix` [..., d, k], as [..., k].
  func squaredNorms(ofColumns matrix: Tensor) -> Tensor {
    let scaled = matrix / diagonal.unsqueezed(dim: -1)
    let projected = matmul(factor.transposed(), scaled)  // [..., r, k]
    let batch = Array(projected.shape.dropLast(2))
    let root = capacitanceFactor.broadcast(to: batch + [factorRank, factorRank])
    let shrunk = squared(LinearAlgebra.triangularSolve(root, projected)).sum(dim: -2)
    return (matrix * scaled).sum(dim: -2) - shrunk
  }
}

extension LowRankMultivariateNormal: DistributionWithMoments, DistributionWithEntropy {
  /// Σⱼ Wᵢⱼ² + Dᵢ.
  public var variance: Tensor { squared(factor).sum(dim: -1) + diagonal }

  /// ½ [d (1 + log 2π) + log |Σ|] in nats.
  public func entropy() -> Tensor {
    0.5 * logDeterminant + 0.5 * Double(dimension) * (1 + logTwoPi)
  }
}
