public import Datasets
public import LatentCore
public import Torch

/// `latent train cvae`: a variational autoencoder given the labels of its examples.
public struct ConditionalVAERecipe: Recipe {
  private static let conditionalPrior = ConfigKey(
    "conditional-prior", default: false, "Whether the prior depends on the label.")
  private static let shared = AutoencoderSettings()

  /// The recipe.
  public init() {}

  /// `cvae`.
  public var name: String { "cvae" }
  /// What it trains.
  public var summary: String { "Variational autoencoder given the labels of its examples." }
  /// The sources.
  public var citations: [Citation] {
    [
      Citation(
        authors: "Sohn, Lee & Yan",
        title: "Learning Structured Output Representation Using Deep Conditional Generative Models",
        year: 2015, place: "section 4"),
      Citation(
        authors: "Kingma, Rezende, Mohamed & Welling",
        title: "Semi-Supervised Learning with Deep Generative Models", year: 2014,
        arXiv: "1406.5298", place: "model M2, all labels known"),
    ]
  }
  /// Its own keys, then those of all autoencoders.
  public var settings: ConfigSchema {
    ConfigSchema(ELBO.betaKey, Self.conditionalPrior) + Self.shared.schema
  }
  /// Three thousand.
  public var defaultSteps: Int { 3000 }

  /// A fresh method; throws `RecipeError` for data without labels.
  public func make(
    _ config: Config, data: DatasetSchema, using generator: Generator
  ) throws -> any Method {
    guard let names = data.classNames, names.count > 1 else {
      throw RecipeError(
        "recipe cvae expects examples with labels, found \(data.kind.rawValue) of shape "
          + "\(data.exampleShape) without",
        remedy: "train on data with classes, or use recipe vae")
    }
    var bottleneck: ConditionalBottleneck?
    let parts = try Self.shared.autoencoder(config, data: data, recipe: name, using: generator) {
      let made = ConditionalBottleneck(
        features: $0, size: $1, conditions: names.count,
        hasConditionalPrior: config[Self.conditionalPrior], using: generator)
      bottleneck = made
      return made
    }
    guard let bottleneck else { preconditionFailure("the settings made no bottleneck") }
    return LabelConditionalVAE(
      ConditionalAutoencoder(
        encoder: parts.encoder, bottleneck: bottleneck, decoder: parts.decoder),
      objective: ELBO(beta: config[ELBO.betaKey]), conditionNames: names)
  }
}
