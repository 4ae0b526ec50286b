public import Torch

/// What an encoder knows of the codes of a batch: q(z|x) beside its prior p(z).
///
/// It need not be a density: a codebook's nearest entry and a deterministic code conform too.
/// Those that are densities are `WeighablePosterior`s.
public protocol LatentPosterior {
  /// The code that stands for each example, the mean where there is one: `[B] + codeShape`.
  var representative: Tensor { get }

  /// One code an example, differentiable in the encoder, with what it costs.
  func draw(using generator: Generator) -> LatentDraw
}

/// One code an example, with what its bottleneck charges for it.
public struct LatentDraw {
  /// The codes, `[B] + codeShape`.
  public let codes: Tensor
  /// KL(q(z|x) ‖ p(z)) of each channel of the code, in nats; empty where there is no density.
  public let rates: [LatentRate]
  /// Further costs of the bottleneck, such as a codebook's commitment.
  public let penalties: [LatentPenalty]

  /// Codes with their costs.
  public init(codes: Tensor, rates: [LatentRate] = [], penalties: [LatentPenalty] = []) {
    self.codes = codes
    self.rates = rates
    self.penalties = penalties
  }
}

/// The divergence of one channel of a code from its prior.
public struct LatentRate {
  /// `rate` for codes of one channel; further channels say which, as `rate-discrete`.
  public let name: String
  /// In nats for each example and dimension, `[B, d]`, or for each example, `[B]`.
  public let value: Tensor
  /// Whether it is the divergence itself and not log q(z|x) − log p(z) at the draw.
  public let isExact: Bool

  /// A channel's rate.
  public init(name: String = "rate", value: Tensor, isExact: Bool) {
    self.name = name
    self.value = value
    self.isExact = isExact
  }

  /// Summed over the dimensions, `[B]`.
  public var perExample: Tensor {
    value.shape.count > 1 ? value.flattened(from: 1).sum(dim: 1) : value
  }
}

/// A cost of the bottleneck that is no rate: a scalar, the mean over the batch.
public struct LatentPenalty {
  /// The field's name, such as `commitment`.
  public let name: String
  /// The value before the weight.
  public let value: Tensor
  /// What it is measured in.
  public let unit: TermUnit
  /// Its weight in what is minimised; nil for a quantity that is only watched.
  public let weight: Double?

  /// A cost, or with no weight a quantity to watch.
  public init(name: String, value: Tensor, unit: TermUnit = .plain, weight: Double? = 1) {
    self.name = name
    self.value = value
    self.unit = unit
    self.weight = weight
  }
}

/// A posterior whose draws can be weighed against the prior, as importance sampling needs it.
public protocol WeighablePosterior: LatentPosterior {
  /// `count` independent codes an example with log p(z) − log q(z|x) for each.
  ///
  /// With `stoppingDensity` the density q does not pass gradients to its parameters, so that they
  /// arrive through the codes alone (`doublyReparameterizedBound` needs it).
  func draws(_ count: Int, stoppingDensity: Bool, using generator: Generator) -> WeightedDraws
}

/// Codes with the logarithms of their weights before the likelihood.
public struct WeightedDraws {
  /// `[K, B] + codeShape`.
  public let codes: Tensor
  /// log p(z) − log q(z|x) in nats, `[K, B]`.
  public let logRatio: Tensor
  /// log p(z) `[K, B]` with gradients in what the prior learns and none in the codes, if the density was
  /// stopped; nil for a prior that learns nothing.
  ///
  /// Estimators that weigh gradients of prior and posterior differently need it.
  public let learnedLogPrior: Tensor?

  /// Draws with their ratios.
  public init(codes: Tensor, logRatio: Tensor, learnedLogPrior: Tensor? = nil) {
    self.codes = codes
    self.logRatio = logRatio
    self.learnedLogPrior = learnedLogPrior
  }
}
