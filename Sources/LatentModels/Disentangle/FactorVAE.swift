public import LatentCore
public import LatentNN
public import Torch

/// γ TC(z), the total correlation by the density ratio that a critic learns, in nats.
///
/// The critic tells codes from codes whose dimensions were permuted over the batch, each on its own; its
/// logit is then log q(z)/Π_j q(z_j), and its mean over the batch the term `total-correlation`. The critic
/// minimises its cross-entropy `critic-loss` (log 2 when it knows nothing). Codes and permuted codes are
/// those of one batch. **Players**: the autoencoder, then the critic. **Source**: Kim & Mnih 2018, arXiv
/// 1802.05983, eq. 2 and 3, algorithms 1 and 2.
public struct AdversarialTotalCorrelation: CriticObjective {
  /// γ.
  public var gamma: Double
  /// The critic's learning rate over the autoencoder's.
  public var criticRate: Double
  /// What tells codes from permuted codes.
  public let critic: CodeCritic

  /// The penalty with a critic of its own.
  public init(gamma: Double, critic: CodeCritic, criticRate: Double = 1) {
    self.gamma = gamma
    self.critic = critic
    self.criticRate = criticRate
  }

  /// Adds `total-correlation` and `critic-loss`.
  public func add(to terms: inout Terms, _ pass: Pass) {
    add(pass.draw.codes, to: &terms, using: pass.step.generator)
  }

  func add(_ codes: Tensor, to terms: inout Terms, using generator: Generator) {
    terms.minimise("total-correlation", critic(codes).mean(), unit: .nats, weight: gamma)
    let held = codes.detached()
    let permuted = permutedDimensions(held, using: generator)
    terms.minimise(
      "critic-loss", critic.crossEntropy(real: held, other: permuted), unit: .nats,
      by: Terms.critic)
  }
}

/// Codes `[B, d]` with each dimension permuted over the batch on its own: draws of Π_j q(z_j).
///
/// **Source**: Kim & Mnih 2018, arXiv 1802.05983, algorithm 1.
public func permutedDimensions(_ codes: Tensor, using generator: Generator) -> Tensor {
  let orders = Tensor.rand(codes.shape, using: generator).argSorted(dim: 0)
  return codes.gathered(orders, dim: 0)
}

extension AutoencoderRecipe {
  private static let gamma = ConfigKey(
    "gamma", default: 10.0, in: .between(0, 1e6), "Weight of the total correlation.")
  private static let hidden = ConfigKey(
    "critic-hidden", default: [1000, 1000, 1000, 1000, 1000, 1000], each: .between(1, 65536),
    "Units of each hidden layer of the critic.")
  private static let rate = ConfigKey(
    "critic-rate", default: 1.0, in: .above(0, upTo: 1000),
    "Learning rate of the critic over that of the autoencoder.")

  /// `latent train factor-vae`: the total correlation is measured by a critic.
  public static let factorVAE = AutoencoderRecipe(
    "factor-vae", "Variational autoencoder that a critic holds to independent dimensions.",
    citations: [
      Citation(
        authors: "Kim & Mnih", title: "Disentangling by Factorising", year: 2018,
        arXiv: "1802.05983", place: "eq. 2, algorithms 1 and 2")
    ],
    defaultSteps: 20_000,
    settings: ConfigSchema(gamma, hidden, rate),
    shared: .disentangling
  ) { config, network, generator in
    let critic = CodeCritic(
      size: network.codeShape.reduce(1, *), hidden: config[hidden], using: generator)
    let penalty = AdversarialTotalCorrelation(
      gamma: config[gamma], critic: critic, criticRate: config[rate])
    return VariationalMethod(network, objective: ELBO() + penalty)
  }
}
