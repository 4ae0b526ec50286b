public import Datasets
public import LatentNN
public import Torch

/// An autoencoder trained for an objective.
open class AutoencoderMethod: Method, Encodes, Decodes, Samples, Reconstructs {
  /// Encoder, bottleneck and decoder.
  public let autoencoder: Autoencoder
  /// What is minimised.
  public let objective: any Objective
  /// Who is optimised against what.
  public let players: [Player]
  /// The held-out term that models are chosen by.
  public let selection: Selection
  /// The autoencoder, with the objective's critics if it has any.
  public let model: Module

  /// A method from its parts; by default chosen by the evidence lower bound.
  public init(
    _ autoencoder: Autoencoder, objective: any Objective,
    selection: Selection = Selection(term: "elbo", isBetterWhenLarger: true)
  ) {
    self.autoencoder = autoencoder
    self.objective = objective
    self.selection = selection
    let critics = objective.critics
    model = critics.isEmpty ? autoencoder : Contest(autoencoder, critics)
    players = objective.players ?? (critics.isEmpty ? [Player()] : Player.contest())
  }

  /// The objective's terms for a batch.
  public func terms(_ batch: Batch, _ step: Step) -> Terms {
    objective.terms(Pass(autoencoder, batch, step))
  }

  /// The bottleneck's updates that are no gradients.
  public func afterStep(_ step: Step) { autoencoder.bottleneck.afterStep(step) }

  /// The shape of a code.
  public var codeShape: [Int] { autoencoder.codeShape }

  /// The representative codes, of the examples as they are.
  public func encode(_ examples: Tensor) -> Tensor {
    autoencoder.posterior(of: examples).representative
  }

  /// The mean of the likelihood.
  public func decode(_ codes: Tensor) -> Tensor { autoencoder.decoder.mean(codes) }

  /// Examples of codes from the prior.
  public func sample(_ count: Int, using generator: Generator) -> Tensor {
    autoencoder.decoder.generate(
      autoencoder.samplePrior(count, using: generator), using: generator)
  }
}

extension AutoencoderMethod: Inspectable {
  /// By the decoder.
  public func targets(_ examples: Tensor, using generator: Generator) -> Tensor {
    autoencoder.decoder.targets(examples, using: generator)
  }

  /// By the decoder.
  public func logLikelihood(_ targets: Tensor, codes: Tensor) -> Tensor {
    autoencoder.decoder.logLikelihood(targets, codes: codes)
  }

  /// By the bottleneck.
  public func samplePrior(_ count: Int, using generator: Generator) -> Tensor {
    autoencoder.samplePrior(count, using: generator)
  }

  /// That of a `NetworkDecoder`.
  public var likelihood: (any Likelihood)? {
    (autoencoder.decoder as? NetworkDecoder)?.likelihood
  }
}

/// An autoencoder whose posterior and likelihood are densities, so that it bounds the evidence.
open class VariationalMethod: AutoencoderMethod, Scores, Weighs {
  /// `ELBO`, with one draw of the code an example.
  public var bound: String { "ELBO" }

  /// The decoder's.
  public var density: String { autoencoder.decoder.density }

  /// log p(x|z) − KL(q(z|x) ‖ p(z)) for each example as the likelihood sees it, in nats, `[n]`.
  public func score(_ examples: Tensor, using generator: Generator) -> Tensor {
    let targets = autoencoder.decoder.targets(examples, using: generator)
    let draw = autoencoder.posterior(of: targets).draw(using: generator)
    let likelihood = autoencoder.decoder.logLikelihood(targets, codes: draw.codes)
    return draw.rates.reduce(likelihood) { $0 - $1.perExample }
  }

  /// log p(x, z) − log q(z|x) for `count` draws of the code an example, `[count, n]`.
  public func logWeights(
    _ examples: Tensor, draws count: Int, using generator: Generator
  ) -> Tensor {
    let targets = autoencoder.decoder.targets(examples, using: generator)
    return autoencoder.logWeights(targets, draws: count, using: generator).values
  }
}

/// An autoencoder beside the critics that it is trained against.
private final class Contest: Module {
  let autoencoder: Autoencoder
  let critics: [Module]

  init(_ autoencoder: Autoencoder, _ critics: [Module]) {
    self.autoencoder = autoencoder
    self.critics = critics
  }
}

extension Player {
  /// An autoencoder and then all critics of its objective, who learn at `criticRate` times its rate.
  public static func contest(criticRate: Double = 1) -> [Player] {
    [
      Player { $0.hasPrefix("autoencoder.") },
      Player(name: Terms.critic, rateFactor: criticRate) { $0.hasPrefix("critics.") },
    ]
  }
}
