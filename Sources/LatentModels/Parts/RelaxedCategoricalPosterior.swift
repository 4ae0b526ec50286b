import Distributions
public import LatentCore
public import Torch

/// How one-hot codes are drawn in training, and which gradient their logits get.
public enum CategoricalEstimator: String, Sendable, CaseIterable, ConfigValue {
  /// softmax((l + g)/τ) with Gumbel noise g, differentiable and not one-hot (Jang et al. 2017, eq. 2;
  /// Maddison et al. 2017).
  case gumbelSoftmax = "gumbel"
  /// Its one-hot argmax forward, the gradient of the soft one backward (Jang et al. 2017, section 2.2).
  case straightThroughGumbel = "gumbel-straight-through"
  /// A one-hot draw forward, the gradient of softmax(l) backward: biased (Bengio et al. 2013, arXiv
  /// 1308.3432).
  case straightThrough = "straight-through"
  /// A one-hot draw without a gradient; the objective must add that of the score function.
  case scoreFunction = "score-function"
}

/// Categorical variables q(z|x) = Π Cat(softmax lᵢ) beside p(z), drawn by relaxation in training.
///
/// **Shapes**: logits `[B, variables, classes]`, codes `[B, variables, classes]`: rows of the simplex,
/// one-hot unless relaxed. The rate is the categorical one, Σ_k q log(q/p) of each variable, exact, as
/// the paper's; with a relaxed draw distortion + rate is then no bound, with a one-hot draw it is.
/// **Randomness**: one draw of Gumbel or multinomial noise. **Source**: Jang, Gu & Poole 2017, arXiv
/// 1611.01144, sections 2 and 4.2.
public struct RelaxedCategoricalPosterior: WeighablePosterior {
  /// l, `[B, variables, classes]`.
  public let logits: Tensor
  /// The logits of p(z), `[variables, classes]`, or nil for the uniform prior.
  public let priorLogits: Tensor?
  /// τ of the relaxed estimators.
  public let temperature: Double
  /// How codes are drawn.
  public let estimator: CategoricalEstimator
  /// Whether draws are one-hot without a gradient, as held-out bounds need them.
  public let isDiscrete: Bool
  /// What the rate is called.
  public let rateName: String

  /// A posterior of these logits beside a uniform or a learned prior.
  public init(
    logits: Tensor, priorLogits: Tensor? = nil, temperature: Double,
    estimator: CategoricalEstimator = .gumbelSoftmax, isDiscrete: Bool = false,
    rateName: String = "rate"
  ) {
    self.logits = logits
    self.priorLogits = priorLogits
    self.temperature = temperature
    self.estimator = estimator
    self.isDiscrete = isDiscrete
    self.rateName = rateName
  }

  /// softmax(l), `[B, variables, classes]`.
  public var probabilities: Tensor { softmax(logits, dim: -1) }

  /// The probabilities, which say more than the most probable class.
  public var representative: Tensor { probabilities }

  /// KL(q ‖ p) of each variable in nats, `[B, variables]`.
  public var rate: Tensor {
    Categorical(logits: logits).klDivergence(to: Categorical(logits: priorLogProbabilities))
  }

  /// One code an example, with the exact categorical rate of each variable.
  public func draw(using generator: Generator) -> LatentDraw {
    LatentDraw(
      codes: codes([], using: generator),
      rates: [LatentRate(name: rateName, value: rate, isExact: true)])
  }

  /// Codes `[K, B, variables, classes]` weighed by the density of what is drawn.
  ///
  /// One-hot codes count by their categorical probabilities; relaxed ones by the relaxed densities of
  /// posterior and prior at this temperature (Maddison et al. 2017, arXiv 1611.00712, eq. 21), which
  /// makes a bound for the relaxed model.
  public func draws(
    _ count: Int, stoppingDensity: Bool, using generator: Generator
  ) -> WeightedDraws {
    let codes = codes([count], using: generator)
    let density = stoppingDensity ? logits.detached() : logits
    let prior = priorLogProbabilities
    guard isRelaxed else {
      let ratio = codes * (prior - logSoftmax(density, dim: -1))
      return WeightedDraws(codes: codes, logRatio: ratio.sum(dims: [-1, -2]))
    }
    func relaxed(_ logits: Tensor) -> Tensor {
      RelaxedOneHotCategorical(logits: logits, temperature: temperature).logProbability(codes)
    }
    let ratio = relaxed(prior.expanded(density.shape)) - relaxed(density)
    return WeightedDraws(codes: codes, logRatio: ratio.sum(dim: -1))
  }

  /// log q(z|x) of one-hot codes `[…, B, variables, classes]`, summed over the variables, in nats.
  public func logProbability(_ codes: Tensor) -> Tensor {
    (codes * logSoftmax(logits, dim: -1)).sum(dims: [-1, -2])
  }

  private var isRelaxed: Bool { !isDiscrete && estimator == .gumbelSoftmax }

  private var priorLogProbabilities: Tensor {
    let table =
      priorLogits ?? Tensor.zeros([logits.size(-1)], dtype: logits.dtype, device: logits.device)
    return logSoftmax(table, dim: -1)
  }

  private func codes(_ shape: [Int], using generator: Generator) -> Tensor {
    let relaxed = RelaxedOneHotCategorical(logits: logits, temperature: temperature)
    if isDiscrete { return relaxed.limit.sample(shape, using: generator) }
    switch estimator {
    case .gumbelSoftmax: return relaxed.sample(shape, using: generator)
    case .straightThroughGumbel: return relaxed.sampleStraightThrough(shape, using: generator)
    case .straightThrough:
      let hard = relaxed.limit.sample(shape, using: generator)
      return straightThrough(hard, gradientOf: probabilities.expanded(hard.shape))
    case .scoreFunction: return relaxed.limit.sample(shape, using: generator)
    }
  }
}
