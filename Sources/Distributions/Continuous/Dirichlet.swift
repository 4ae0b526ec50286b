public import Torch

/// The Dirichlet distribution over probability vectors, of concentrations α.
///
/// p(x) = Γ(Σ αₖ)/Π Γ(αₖ) · Π xₖ^(αₖ − 1), a density in the first K − 1 components. Outcomes are
/// normalised gamma numbers, differentiable by implicit reparameterisation.
/// PyTorch: `torch.distributions.Dirichlet`.
public struct Dirichlet: ReparameterizedDistribution {
  /// The concentrations α > 0, of shape `batchShape` + [K].
  public let concentration: Tensor

  /// From concentrations [..., K]; fails as operators do for a scalar.
  public init(concentration: Tensor) {
    checkVector("Dirichlet(concentration:)", concentration)
    self.concentration = concentration
  }

  /// The shape of the concentrations without its last size.
  public var batchShape: [Int] { Array(concentration.shape.dropLast()) }
  /// [K].
  public var eventShape: [Int] { [concentration.size(-1)] }
  /// Probability vectors.
  public var support: Constraint { .simplex }
  /// α.
  public var parameters: [DistributionParameter] {
    [.init("concentration", concentration, .positive)]
  }
  /// The same distribution without the history of its parameters.
  public func detached() -> Dirichlet { Dirichlet(concentration: concentration.detached()) }

  private var total: Tensor { concentration.sum(dim: -1) }

  /// log Γ(Σ αₖ) − Σ log Γ(αₖ).
  private var logNormalizer: Tensor { lgamma(total) - lgamma(concentration).sum(dim: -1) }

  /// Gamma numbers of shapes α, divided by their sum.
  public func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    let shapes = concentration.broadcast(to: sampleShape + concentration.shape)
    let gammas = gammaNoise(shapes, using: generator)
    let tiny = concentration.dtype == .float64 ? Double.leastNormalMagnitude : 0x1p-126
    return (gammas / gammas.sum(dim: -1, keepDim: true)).clamped(min: tiny)
  }

  /// log Γ(Σ αₖ) − Σ log Γ(αₖ) + Σ (αₖ − 1) log xₖ in nats.
  public func logProbability(_ value: Tensor) -> Tensor {
    xLogY(concentration - 1, value).sum(dim: -1) + logNormalizer
  }

  /// log Γ(Σα) − log Γ(Σα′) − Σ [log Γ(αₖ) − log Γ(α′ₖ)] + Σ (αₖ − α′ₖ)[ψ(αₖ) − ψ(Σα)] in nats.
  public func klDivergence(to q: Dirichlet) -> Tensor {
    let slope = digamma(concentration) - digamma(total).unsqueezed(dim: -1)
    let moved = ((concentration - q.concentration) * slope).sum(dim: -1)
    return (logNormalizer - q.logNormalizer + moved).clamped(min: 0)
  }
}

extension Dirichlet: DistributionWithMoments, DistributionWithEntropy {
  /// αₖ/Σ α.
  public var mean: Tensor { concentration / total.unsqueezed(dim: -1) }
  /// mₖ (1 − mₖ)/(Σ α + 1), m the mean.
  public var variance: Tensor {
    let mean = self.mean
    return mean * (1 - mean) / (total.unsqueezed(dim: -1) + 1)
  }
  /// −log normaliser + (Σ α − K) ψ(Σ α) − Σ (αₖ − 1) ψ(αₖ) in nats.
  public func entropy() -> Tensor {
    let each = ((concentration - 1) * digamma(concentration)).sum(dim: -1)
    return (total - eventShape[0]) * digamma(total) - logNormalizer - each
  }
}
