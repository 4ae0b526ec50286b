public import LatentCore
public import LatentNN
import Torch

/// E c(x, G(z)) + λ D(q(z), p(z)): the cost of transport under a penalty that holds codes to the prior.
///
/// `objective` (watched) is what the autoencoder minimises; the cost is the decoder's distortion, squared
/// error for the method of the source. **Source**: Tolstikhin et al. 2018, arXiv 1711.01558, eq. 4.
public struct PenalisedTransport: Objective {
  /// λ D.
  public let penalty: any Objective

  /// The cost under this penalty.
  public init(penalty: any Objective) {
    self.penalty = penalty
  }

  /// Those of the penalty.
  public var critics: [Module] { penalty.critics }

  /// Those of the penalty.
  public var players: [Player]? { penalty.players }

  /// Adds the distortion, the penalty and their sum.
  public func add(to terms: inout Terms, _ pass: Pass) {
    Distortion().add(to: &terms, pass)
    penalty.add(to: &terms, pass)
    terms.watch("objective", terms.total() ?? Tensor(0), unit: pass.model.decoder.unit)
  }
}

extension AutoencoderMethod {
  /// An autoencoder that minimises transport under a penalty, and is chosen by both.
  public convenience init(transport network: Autoencoder, penalty: any Objective) {
    self.init(
      network, objective: PenalisedTransport(penalty: penalty),
      selection: Selection(term: "objective", isBetterWhenLarger: false))
  }
}

extension AutoencoderSettings {
  /// Eight dimensions and squared error.
  static let transport = AutoencoderSettings(latent: 8, likelihood: .squaredError)
}

extension AutoencoderRecipe {
  private static let lambda = ConfigKey(
    "lambda", default: 10.0, in: .between(0, 1e9), "Weight of the distance to the prior.")
  private static let kernel = ConfigKey(
    "kernel", default: CodeKernel.imq, "Kernel of the discrepancy between codes and prior.")
  private static let prior = ConfigKey(
    "prior", default: CodePrior.gaussian, "Law that the codes are drawn to.")
  private static let hidden = ConfigKey(
    "critic-hidden", default: [512, 512, 512, 512], each: .between(1, 65536),
    "Units of each hidden layer of the critic.")
  private static let rate = ConfigKey(
    "critic-rate", default: 0.5, in: .above(0, upTo: 1000),
    "Learning rate of the critic over that of the autoencoder.")
  private static let source = Citation(
    authors: "Tolstikhin, Bousquet, Gelly & Schölkopf", title: "Wasserstein Auto-Encoders",
    year: 2018, arXiv: "1711.01558", place: "eq. 4, algorithms 1 and 2")

  private static let deterministic: MakeBottleneck = { config, features, size, generator in
    DeterministicBottleneck(
      features: features, size: size, prior: config[prior].distribution(size: size),
      using: generator)
  }

  /// `latent train wae-mmd`: codes are held to the prior by a kernel.
  public static let waeMMD = AutoencoderRecipe(
    "wae-mmd", "Wasserstein autoencoder: codes are drawn to a prior by a kernel discrepancy.",
    citations: [source],
    settings: ConfigSchema(lambda, kernel, prior),
    shared: .transport, bottleneck: deterministic
  ) { config, network, _ in
    AutoencoderMethod(
      transport: network, penalty: AggregateMMD(weight: config[lambda], kernel: config[kernel]))
  }

  /// `latent train wae-gan`: codes are held to the prior by a critic; an adversarial autoencoder.
  public static let waeGAN = AutoencoderRecipe(
    "wae-gan", "Wasserstein autoencoder whose codes a critic tells from a prior.",
    citations: [
      source,
      Citation(
        authors: "Makhzani et al.", title: "Adversarial Autoencoders", year: 2015,
        arXiv: "1511.05644", place: "section 2"),
    ],
    settings: ConfigSchema(lambda, prior, hidden, rate),
    shared: .transport, bottleneck: deterministic
  ) { config, network, generator in
    let critic = CodeCritic(
      size: network.codeShape.reduce(1, *), hidden: config[hidden], slope: 0, using: generator)
    return AutoencoderMethod(
      transport: network,
      penalty: LatentAdversary(
        weight: config[lambda], critic: critic, criticRate: config[rate]))
  }
}
