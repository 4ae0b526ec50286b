public import Datasets
public import LatentNN
public import Torch

/// An encoder and a decoder trained for an objective, without a law that codes could be drawn from.
///
/// Plain and relative autoencoders are no more than this; one that also has a prior is an `AutoencoderMethod`.
open class ReconstructiveMethod: Method, Encodes, Decodes, Reconstructs {
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

  /// A method from its parts, chosen by the term of `selection`.
  public init(_ autoencoder: Autoencoder, objective: any Objective, selection: Selection) {
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
