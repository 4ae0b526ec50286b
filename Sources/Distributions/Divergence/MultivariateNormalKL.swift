public import Torch

extension MultivariateNormal {
  /// ½ [tr(Σ′⁻¹ Σ) − d − log |Σ|/|Σ′| + (μ − μ′)ᵀ Σ′⁻¹ (μ − μ′)] in nats, from M = L′⁻¹ L: the diagonal
  /// of M enters as Mᵢᵢ² − 1 − log Mᵢᵢ², so that equal factors cancel.
  public func klDivergence(to q: MultivariateNormal) -> Tensor {
    let d = dimension
    let shape = broadcastShape(batchShape, q.batchShape) ?? batchShape
    let m = LinearAlgebra.triangularSolve(
      q.scaleFactor.broadcast(to: shape + [d, d]),
      scaleFactor.lowerTriangle().broadcast(to: shape + [d, d]))
    let ratios = 2 * (log(scaleFactor.diagonal()) - log(q.scaleFactor.diagonal()))
    let below = squared(m.lowerTriangle(diagonal: -1)).sum(dims: [-2, -1])
    let distance = squared(q.whitened(mean - q.mean)).sum(dim: -1)
    return 0.5 * (below + exponentialExcess(ratios).sum(dim: -1) + distance)
  }

  /// The divergence from a diagonal normal distribution, in nats.
  public func klDivergence(to q: DiagonalNormal) -> Tensor {
    let factor = scaleFactor.lowerTriangle(diagonal: -1)
    let below = squared(factor / q.base.standardDeviation.unsqueezed(dim: -1)).sum(dims: [-2, -1])
    let ratios = 2 * log(scaleFactor.diagonal()) - q.base.logVariance
    let distance = squared(q.base.standardized(mean)).sum(dim: -1)
    return 0.5 * (below + exponentialExcess(ratios).sum(dim: -1) + distance)
  }

  /// The divergence from the standard normal distribution, in nats.
  public func klDivergence(to q: Independent<StandardNormal>) -> Tensor {
    klDivergence(to: DiagonalNormal(q.base.normal, eventDims: 1))
  }
}

extension Independent where Base == Normal {
  /// The same distribution with its diagonal factor written out; needs one event dimension.
  public var multivariate: MultivariateNormal {
    MultivariateNormal(mean: mean, scaleFactor: base.standardDeviation.diagonalMatrix())
  }

  /// The divergence from a normal distribution of full covariance, in nats.
  public func klDivergence(to q: MultivariateNormal) -> Tensor {
    multivariate.klDivergence(to: q)
  }
}

extension LowRankMultivariateNormal {
  /// ½ [tr(Σ′⁻¹ Σ) − d − log |Σ|/|Σ′| + (μ − μ′)ᵀ Σ′⁻¹ (μ − μ′)] in nats, all by Woodbury's identity.
  public func klDivergence(to q: LowRankMultivariateNormal) -> Tensor {
    let fromFactor = q.squaredNorms(ofColumns: factor).sum(dim: -1)
    // tr(Σ′⁻¹ diag D) = Σ Dᵢ/D′ᵢ − ‖C′^(−½) W′ᵀ D′⁻¹ D^½‖².
    let scaled = q.factor * (sqrt(diagonal) / q.diagonal).unsqueezed(dim: -1)
    let batch = Array(scaled.shape.dropLast(2))
    let root = q.capacitanceFactor.broadcast(to: batch + [q.factorRank, q.factorRank])
    let shrunk = squared(LinearAlgebra.triangularSolve(root, scaled.transposed()))
    let fromDiagonal = (diagonal / q.diagonal).sum(dim: -1) - shrunk.sum(dims: [-2, -1])
    let offset = (mean - q.mean).unsqueezed(dim: -1)
    let distance = q.squaredNorms(ofColumns: offset).squeezed(dim: -1)
    let determinants = q.logDeterminant - logDeterminant - Double(dimension)
    return 0.5 * (fromFactor + fromDiagonal + distance + determinants).clamped(min: 0)
  }

  /// The divergence from a diagonal normal distribution, in nats.
  public func klDivergence(to q: DiagonalNormal) -> Tensor {
    let spread = variance / q.variance - 1 + q.base.logVariance
    let total = (spread + squared(q.base.standardized(mean))).sum(dim: -1)
    return 0.5 * (total - logDeterminant).clamped(min: 0)
  }

  /// The divergence from the standard normal distribution, in nats.
  public func klDivergence(to q: Independent<StandardNormal>) -> Tensor {
    klDivergence(to: DiagonalNormal(q.base.normal, eventDims: 1))
  }
}
