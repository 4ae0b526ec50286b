public import Torch

/// The gamma distribution of concentration α and rate β.
///
/// p(x) = β^α x^(α − 1) e^(−βx)/Γ(α) for x > 0. Outcomes are differentiable by implicit
/// reparameterisation (Figurnov, Mohamed and Mnih 2018, arXiv 1805.08498).
/// PyTorch: `torch.distributions.Gamma`.
public struct Gamma: ReparameterizedDistribution {
  /// The concentration α > 0, of shape `batchShape`.
  public let concentration: Tensor
  /// The rate β > 0, of shape `batchShape`.
  public let rate: Tensor

  /// From α and β; shapes broadcast or fail as operators do.
  public init(concentration: Tensor, rate: Tensor) {
    let both = broadcastParameters("Gamma(concentration:rate:)", [concentration, rate])
    (self.concentration, self.rate) = (both[0], both[1])
  }

  /// The shape of the parameters.
  public var batchShape: [Int] { rate.shape }
  /// Empty: outcomes are numbers.
  public var eventShape: [Int] { [] }
  /// Positive numbers.
  public var support: Constraint { .positive }
  /// α and β.
  public var parameters: [DistributionParameter] {
    [.init("concentration", concentration, .positive), .init("rate", rate, .positive)]
  }
  /// The same distribution without the history of its parameters.
  public func detached() -> Gamma {
    Gamma(concentration: concentration.detached(), rate: rate.detached())
  }

  /// A gamma number of shape α and rate 1, divided by β; at least the smallest normal number.
  public func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    let shapes = concentration.broadcast(to: sampleShape + batchShape)
    return gammaNoise(shapes, using: generator) / rate
  }

  /// α log β + (α − 1) log x − β x − log Γ(α) in nats.
  public func logProbability(_ value: Tensor) -> Tensor {
    let powers = concentration * log(rate) + xLogY(concentration - 1, value)
    return powers - rate * value - lgamma(concentration)
  }

  /// α excess(δ) + (α − α′) δ + log Γ(α′) − log Γ(α) − (α′ − α) ψ(α) in nats, with δ = log β′/β and
  /// excess(x) = eˣ − 1 − x.
  public func klDivergence(to q: Gamma) -> Tensor {
    let delta = log(q.rate) - log(rate)
    let step = q.concentration - concentration
    let shape = lgamma(q.concentration) - lgamma(concentration) - step * digamma(concentration)
    return (concentration * exponentialExcess(delta) - step * delta + shape).clamped(min: 0)
  }
}

extension Gamma: DistributionWithMoments, DistributionWithEntropy, DistributionWithCDF {
  /// α/β.
  public var mean: Tensor { concentration / rate }
  /// α/β².
  public var variance: Tensor { concentration / squared(rate) }
  /// α − log β + log Γ(α) + (1 − α) ψ(α) in nats.
  public func entropy() -> Tensor {
    let shape = lgamma(concentration) + (1 - concentration) * digamma(concentration)
    return concentration - log(rate) + shape
  }
  /// The regularised lower incomplete gamma function P(α, βx); differentiable in β and x only.
  public func cumulativeProbability(_ value: Tensor) -> Tensor {
    lowerIncompleteGamma(concentration, rate * value)
  }
}

/// Gamma numbers of these shapes and rate 1, kept off zero so that their logarithms are finite.
func gammaNoise(_ shapes: Tensor, using generator: Generator) -> Tensor {
  let tiny = shapes.dtype == .float64 ? Double.leastNormalMagnitude : 0x1p-126
  return Tensor.standardGamma(shapes, using: generator).clamped(min: tiny)
}
