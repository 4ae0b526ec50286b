public import Torch

/// The Concrete or Gumbel-softmax distribution: softmax((l + g)/τ) with Gumbel noise g.
///
/// p(x) = Γ(K) τ^(K − 1) Π [e^(lₖ) xₖ^(−τ − 1)] / [Σ e^(lₖ) xₖ^(−τ)]ᴷ over the simplex. As τ → 0
/// outcomes approach one-hot vectors of the categorical distribution of logits l, and gradients
/// grow. With `hard` an outcome is that one-hot vector itself, and its gradient that of the soft one
/// (the straight-through estimator, which is biased). Source: Maddison, Mnih and Teh 2017, arXiv
/// 1611.00712, equation 9; Jang, Gu and Poole 2017, arXiv 1611.01144, section 2.2.
/// PyTorch: `torch.distributions.RelaxedOneHotCategorical`, `F.gumbel_softmax`.
public struct RelaxedOneHotCategorical: ReparameterizedDistribution {
  /// Unnormalised log-probabilities l, of shape `batchShape` + [K].
  public let logits: Tensor
  /// The temperature τ > 0.
  public let temperature: Double

  /// From logits [..., K] and a temperature; fails as operators do for a scalar or τ ≤ 0.
  public init(logits: Tensor, temperature: Double) {
    checkVector("RelaxedOneHotCategorical(logits:temperature:)", logits)
    if !(temperature > 0) {
      fail(
        "RelaxedOneHotCategorical(logits:temperature:)", [logits],
        "expected a temperature above 0, found \(temperature)")
    }
    self.logits = logits
    self.temperature = temperature
  }

  /// The shape of the logits without its last size.
  public var batchShape: [Int] { Array(logits.shape.dropLast()) }
  /// [K].
  public var eventShape: [Int] { [logits.size(-1)] }
  /// Probability vectors.
  public var support: Constraint { .simplex }
  /// The logits.
  public var parameters: [DistributionParameter] {
    [.init("logits", logits, .each(.real, dims: 1))]
  }
  /// The distribution that τ → 0 leads to.
  public var limit: OneHotCategorical { OneHotCategorical(logits: logits) }
  /// The same distribution without the history of its parameters.
  public func detached() -> RelaxedOneHotCategorical {
    RelaxedOneHotCategorical(logits: logits.detached(), temperature: temperature)
  }

  /// Soft outcomes.
  public func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    let noise = gumbelNoise(sampleShape + logits.shape, using: generator, dtype: logits.dtype)
    return softmax((logits + noise) / temperature, dim: -1)
  }

  /// One-hot outcomes with the gradients of the soft ones.
  public func sampleStraightThrough(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    let soft = sample(sampleShape, using: generator)
    let hard = soft.detached().argMax(dim: -1).oneHot(classes: eventShape[0]).to(soft.dtype)
    return straightThrough(hard, gradientOf: soft)
  }

  /// log Γ(K) + (K − 1) log τ + Σ [lₖ − (τ + 1) log xₖ] − K log Σ exp(lₖ − τ log xₖ) in nats.
  ///
  /// Components that underflowed to zero count as the type's smallest number.
  public func logProbability(_ value: Tensor) -> Tensor {
    let classes = Double(eventShape[0])
    let tiny = logits.dtype == .float64 ? Double.leastNormalMagnitude : 0x1p-126
    let logValue = log(value.clamped(min: tiny))
    let scores = logits - temperature * logValue
    let products = (scores - logValue).sum(dim: -1) - classes * scores.logSumExp(dim: -1)
    let constant = lgamma(Tensor(classes, dtype: .float64)).item()
    return products + (constant + (classes - 1) * log(Tensor(temperature, dtype: .float64)).item())
  }
}

/// `value`, exactly, with the gradient of `soft`: the straight-through estimator.
///
/// Both have one shape. Source: Bengio, Léonard and Courville 2013, arXiv 1308.3432.
public func straightThrough(_ value: Tensor, gradientOf soft: Tensor) -> Tensor {
  straightThroughFunction(soft, value.detached())[0]
}

private let straightThroughFunction = CustomFunction(
  forward: { .init(outputs: [$0[1].cloned()]) }, backward: { _, gradients in [gradients[0], nil] })
