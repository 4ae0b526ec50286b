import Distributions
public import LatentCore
import Torch

/// The importance-weighted bound log (1/K) Σ p(x, zₖ)/q(zₖ|x) and its relatives, in nats.
///
/// All draws of a batch go through the decoder at once: `[K, B]` codes are K · B rows. The minimised
/// term is `loss`; `iwae` (log of the mean of all K weights) and `elbo` (mean of their logarithms) are
/// watched, both means over the batch. KL annealing multiplies log p(z) − log q(z|x); free bits,
/// which need a rate of each dimension, do not apply. **Randomness**: K draws of the code an example.
/// **Source**: Burda, Grosse and Salakhutdinov 2016, arXiv 1509.00519, equation 8.
public struct ImportanceWeighted: Objective, Sendable {
  /// What is made of the weights, and how it is differentiated.
  public enum Estimator: Sendable, Hashable {
    /// The gradient of the bound as it stands (Burda et al., equation 14).
    case plain
    /// The same bound with the doubly reparameterised gradient in the encoder, whose signal does not
    /// vanish against its noise as K grows; for K = 1 that of Roeder et al. 2017 (Tucker et al. 2018,
    /// arXiv 1810.04152, equation 8). Decoder and prior have the plain gradient.
    case doublyReparameterised
    /// MIWAE: the mean of `bounds` bounds of K/bounds draws each (Rainforth et al. 2018, arXiv
    /// 1802.04537, equation 11).
    case multiply(bounds: Int)
    /// PIWAE: the encoder is trained by MIWAE, decoder and prior by the bound of all K draws; the terms
    /// are `loss-encoder` and `loss-decoder`, of two players (section 5.3 there).
    case partially(bounds: Int)
    /// CIWAE: β ELBO + (1 − β) IWAE of the same draws (section 5.2 there).
    case combined(elboWeight: Double)
  }

  /// K.
  public let draws: Int
  /// What is made of the K weights.
  public let estimator: Estimator

  /// The bound of `draws` codes an example; stops unless there is at least one and `bounds` divides it.
  public init(draws: Int, estimator: Estimator = .plain) {
    precondition(draws > 0, "an importance-weighted bound of \(draws) draws")
    switch estimator {
    case .multiply(let bounds), .partially(let bounds):
      precondition(
        bounds > 0 && draws.isMultiple(of: bounds), "\(draws) draws make no \(bounds) bounds")
    default: break
    }
    self.draws = draws
    self.estimator = estimator
  }

  /// Encoder against the rest for PIWAE, otherwise one.
  public var players: [Player]? {
    guard case .partially = estimator else { return nil }
    let isGenerative: @Sendable (String) -> Bool = {
      $0.hasPrefix("decoder.") || $0.hasPrefix("bottleneck.prior.")
    }
    return [
      Player(name: Self.encoder) { !isGenerative($0) },
      Player(name: Self.generative, owns: isGenerative),
    ]
  }

  private static let encoder = "encoder"
  private static let generative = "decoder"

  /// Adds the bounds that are watched, then what is minimised.
  public func add(to terms: inout Terms, _ pass: Pass) {
    let (honest, weights, value) = weigh(pass)
    terms.obey(.annealing)
    terms.watch("iwae", importanceWeightedBound(logWeights: honest).value.mean(), unit: .nats)
    terms.watch("elbo", honest.mean(), unit: .nats)
    guard case .partially = estimator else {
      return terms.minimise("loss", -value.mean(), unit: .nats)
    }
    let whole = importanceWeightedBound(logWeights: weights).value
    terms.minimise("loss-encoder", -value.mean(), unit: .nats, by: Self.encoder)
    terms.minimise("loss-decoder", -whole.mean(), unit: .nats, by: Self.generative)
  }

  /// log w `[K, B]` as it is and with the annealed ratio, and the bound `[B]` whose gradient is taken.
  private func weigh(_ pass: Pass) -> (honest: Tensor, logWeights: Tensor, bound: Tensor) {
    if estimator == .doublyReparameterised { return doublyReparameterised(pass) }
    let drawn = pass.model.weighablePosterior(of: pass.targets)
      .draws(draws, stoppingDensity: false, using: pass.step.generator)
    let likelihood = pass.model.decoder.logLikelihood(pass.targets, codes: drawn.codes)
    let weights = likelihood + annealed(drawn.logRatio, pass.step)
    let honest =
      pass.step.rateWeight == 1
      ? weights.detached() : (likelihood + drawn.logRatio).detached()
    let whole = importanceWeightedBound(logWeights: weights).value
    switch estimator {
    case .plain, .doublyReparameterised: return (honest, weights, whole)
    case .combined(let share):
      return (honest, weights, share * weights.mean(dim: 0) + (1 - share) * whole)
    case .multiply(let bounds), .partially(let bounds):
      let groups = weights.reshaped([bounds, draws / bounds, weights.size(1)])
      return (
        honest, weights, importanceWeightedBound(logWeights: groups, dim: 1).value.mean(dim: 0)
      )
    }
  }

  /// One pass of the decoder whose gradient is plain in decoder and prior and doubly reparameterised in
  /// the encoder.
  private func doublyReparameterised(
    _ pass: Pass
  ) -> (honest: Tensor, logWeights: Tensor, bound: Tensor) {
    let drawn = pass.model.weighablePosterior(of: pass.targets)
      .draws(draws, stoppingDensity: true, using: pass.step.generator)
    let path = WeightedPath(drawn.codes, eventDims: pass.model.codeShape.count)
    let likelihood = pass.model.decoder.logLikelihood(pass.targets, codes: path.samples)
    let ratio = annealed(drawn.logRatio, pass.step)
    let weights = (likelihood + ratio).detached()
    let normalised = softmax(weights, dim: 0)
    let squares = squared(normalised)
    var slope = normalised * likelihood + squares * ratio
    // The ratio holds the prior, whose own parameters have the plain gradient.
    if let prior = drawn.learnedLogPrior {
      slope += (normalised - squares) * annealed(prior, pass.step)
    }
    let sum = slope.sum(dim: 0) + path.applying(normalised)
    let value = importanceWeightedBound(logWeights: weights).value
    let honest = (likelihood + drawn.logRatio).detached()
    return (honest, weights, value + sum - sum.detached())
  }

  private func annealed(_ ratio: Tensor, _ step: Step) -> Tensor {
    step.rateWeight == 1 ? ratio : step.rateWeight * ratio
  }
}
