public import LatentCore
public import LatentNN
import Torch

/// −λ E log σ(D(z)): codes are to pass for draws of the prior before a critic, in nats.
///
/// The critic's logit D is high for the prior; the encoder minimises `adversary` (the form that does not
/// saturate), the critic its cross-entropy `critic-loss`, which is log 2 where codes and prior agree. With squared
/// error for the distortion this is the adversarial autoencoder. **Players**: the autoencoder, then the critic.
/// **Randomness**: one draw of the prior. **Source**: Tolstikhin et al. 2018, arXiv 1711.01558, algorithm 1;
/// Makhzani et al. 2015, arXiv 1511.05644, section 2.
public struct LatentAdversary: CriticObjective {
  /// λ.
  public var weight: Double
  /// The critic's learning rate over the autoencoder's.
  public var criticRate: Double
  /// What tells codes from the prior's.
  public let critic: CodeCritic

  /// The penalty with a critic of its own.
  public init(weight: Double, critic: CodeCritic, criticRate: Double = 1) {
    self.weight = weight
    self.critic = critic
    self.criticRate = criticRate
  }

  /// Adds `adversary` and `critic-loss`.
  public func add(to terms: inout Terms, _ pass: Pass) {
    let codes = pass.flatCodes
    terms.minimise("adversary", softplus(-critic(codes)).mean(), unit: .nats, weight: weight)
    let loss = critic.crossEntropy(real: pass.priorCodes(), other: codes.detached())
    terms.minimise("critic-loss", loss, unit: .nats, by: Terms.critic)
  }
}
