public import LatentCore
public import LatentNN
import Torch

/// −E log p(x|z) + (1 − α) KL(q(z|x) ‖ p(z)) + (α + λ − 1) D(q(z), p(z)).
///
/// α weighs the information that codes carry, λ how near all codes together stay to the prior. With
/// D = KL(q(z) ‖ p(z)) and α = 0, λ = 1 it is the ELBO; α = 1 charges nothing for information (MMD-VAE). D is
/// one that needs samples alone. **Source**: Zhao, Song & Ermon 2019, arXiv 1706.02262, eq. 8 and section 3.2.
public struct InformationObjective: Objective {
  /// α ≤ 1.
  public let alpha: Double
  /// (α + λ − 1) D.
  public let divergence: any Objective

  /// The objective; `divergence` makes D with the weight α + λ − 1.
  ///
  /// **Fails** (stops) unless α ≤ 1 and α + λ ≥ 1.
  public init(alpha: Double, lambda: Double, divergence: (_ weight: Double) -> any Objective) {
    precondition(
      alpha <= 1 && alpha + lambda >= 1,
      "InfoVAE expects α ≤ 1 and α + λ ≥ 1, found α = \(alpha), λ = \(lambda)")
    self.alpha = alpha
    self.divergence = divergence(alpha + lambda - 1)
  }

  /// Those of the divergence.
  public var critics: [Module] { divergence.critics }

  /// Those of the divergence.
  public var players: [Player]? { divergence.players }

  /// Adds the bound, its parts and the divergence.
  public func add(to terms: inout Terms, _ pass: Pass) {
    ELBO(beta: 1 - alpha).add(to: &terms, pass)
    divergence.add(to: &terms, pass)
  }
}

/// How far all codes together are from the prior.
public enum AggregateDivergence: String, Sendable, CaseIterable, ConfigValue {
  /// Maximum mean discrepancy.
  case mmd
  /// What a critic can tell.
  case adversarial
}

/// What stands behind the code.
public enum PictureDecoderKind: String, Sendable, CaseIterable, ConfigValue {
  /// A network to the parameters of the likelihood, elements independent.
  case independent
  /// A PixelCNN that sees the code at every place, for pictures; it can do without the code.
  case pixelcnn
}

extension AutoencoderRecipe {
  private static let decoder = ConfigKey(
    "decoder", default: PictureDecoderKind.independent,
    "Pixels independent given the code, or one after the other (pixelcnn, without likelihood).")
  private static let levels = ConfigKey(
    "levels", default: 256, in: .between(2, 256), "Levels of a pixel for decoder=pixelcnn.")
  private static let alpha = ConfigKey(
    "alpha", default: 1.0, in: .between(-1e6, 1), "Weight of the information in codes.")
  private static let lambda = ConfigKey(
    "lambda", default: 1000.0, in: .between(0, 1e9), "Weight of the divergence from the prior.")
  private static let divergence = ConfigKey(
    "divergence", default: AggregateDivergence.mmd, "Divergence of all codes from the prior.")
  private static let kernel = ConfigKey(
    "kernel", default: CodeKernel.rbf, "Kernel of the discrepancy.")
  private static let hidden = ConfigKey(
    "critic-hidden", default: [512, 512, 512, 512], each: .between(1, 65536),
    "Units of each hidden layer of the critic, where there is one.")

  /// `latent train info-vae`: information is charged for apart from the divergence of all codes.
  public static let infoVAE = AutoencoderRecipe(
    "info-vae", "Variational autoencoder that keeps its codes informative under a strong decoder.",
    citations: [
      Citation(
        authors: "Zhao, Song & Ermon",
        title: "InfoVAE: Information Maximizing Variational Autoencoders", year: 2019,
        arXiv: "1706.02262", place: "eq. 8, section 3.2")
    ],
    settings: ConfigSchema(alpha, lambda, divergence, kernel, hidden, decoder, levels)
  ) { config, network, generator in
    guard config[alpha] + config[lambda] >= 1 else {
      throw RecipeError(
        "recipe info-vae expects alpha + lambda of at least 1, found "
          + "\(config[alpha]) + \(config[lambda])",
        remedy: "raise lambda: the divergence from the prior would be rewarded")
    }
    let objective = InformationObjective(alpha: config[alpha], lambda: config[lambda]) { weight in
      switch config[divergence] {
      case .mmd: return AggregateMMD(weight: weight, kernel: config[kernel])
      case .adversarial:
        let critic = CodeCritic(
          size: network.codeShape.reduce(1, *), hidden: config[hidden], slope: 0,
          using: generator)
        return LatentAdversary(weight: weight, critic: critic)
      }
    }
    let strong = config[decoder] == .pixelcnn
    return VariationalMethod(
      strong ? try autoregressive(network, levels: config[levels], generator) : network,
      objective: objective)
  }

  /// The same encoder and bottleneck before a PixelCNN.
  private static func autoregressive(
    _ network: Autoencoder, levels: Int, _ generator: Generator
  ) throws -> Autoencoder {
    let shape = (network.decoder as? NetworkDecoder)?.exampleShape ?? []
    let sizes = PixelCNNSizes()
    guard shape.count == 3, shape[1...].allSatisfy({ $0.isMultiple(of: sizes.multiple) }) else {
      throw RecipeError(
        "recipe info-vae with decoder=pixelcnn expects pictures of even sides, found shape "
          + "\(shape)", remedy: "set decoder=independent, or crop or pad the pictures")
    }
    let decoder = AutoregressiveDecoder(
      latent: network.codeShape.reduce(1, *), exampleShape: shape, levels: levels, sizes: sizes,
      using: generator)
    return Autoencoder(
      encoder: network.encoder, bottleneck: network.bottleneck, decoder: decoder)
  }
}
