public import LatentCore

/// The recipes that the package knows, by name.
public enum Recipes {
  /// All of them, in the order in which they are listed.
  public static let all: [any Recipe] =
    coreVAE + inference + disentangle + divergences + discrete + diffusion + sequences
    + bayesianNets + selfSupervised + communication + graphs

  /// Variational autoencoders.
  private static let coreVAE: [any Recipe] = [
    AutoencoderRecipe.vae,
    AutoencoderRecipe.iwae,
    ConditionalVAERecipe(),
    AutoencoderRecipe.hvae,
    PixelCNNRecipe(),
    AutoencoderRecipe.autoencoder,
  ]

  /// Posteriors and densities made of flows, and ways to learn a posterior.
  private static let inference: [any Recipe] = [
    FlowRecipe(), AutoencoderRecipe.flowVAE, AutoencoderRecipe.wakeSleep,
  ]

  /// Codes whose dimensions are to be independent.
  private static let disentangle: [any Recipe] = [
    AutoencoderRecipe.betaTCVAE,
    AutoencoderRecipe.betaVAE,
    AutoencoderRecipe.capacityVAE,
    AutoencoderRecipe.dipVAE,
    AutoencoderRecipe.factorVAE,
    AutoencoderRecipe.jointVAE,
  ]

  /// Codes that are held to a prior all together.
  private static let divergences: [any Recipe] = [
    AutoencoderRecipe.infoVAE,
    AutoencoderRecipe.slicedWasserstein,
    AutoencoderRecipe.waeGAN,
    AutoencoderRecipe.waeMMD,
  ]

  /// Codes that are words, categories or bits.
  private static let discrete: [any Recipe] = [
    AutoencoderRecipe.gumbelVAE,
    SemiSupervisedRecipe(),
    VQVAERecipe(),
  ]

  /// Noise that a network takes away.
  private static let diffusion: [any Recipe] = [DiffusionRecipe()]

  /// Series with smooth latents, and with one code for all of a series.
  private static let sequences: [any Recipe] = [GPVAERecipe(), GRUVAERecipe()]

  /// Classes and numbers with their uncertainty.
  private static let bayesianNets: [any Recipe] = [ClassifierRecipe(), RegressorRecipe()]

  /// Encoders that learn from views of the examples.
  private static let selfSupervised: [any Recipe] = [BYOLRecipe(), SimCLRRecipe()]

  /// Codes that models can hand to each other.
  private static let communication: [any Recipe] = [
    AutoencoderRecipe.relativeAutoencoder,
    RelativeClassifierRecipe(),
  ]

  /// Codes of the nodes of graphs.
  private static let graphs: [any Recipe] = [GraphRecipe(isVariational: false), GraphRecipe()]

  /// The recipe of this name, or nil.
  public static func named(_ name: String) -> (any Recipe)? { all.first { $0.name == name } }
}
