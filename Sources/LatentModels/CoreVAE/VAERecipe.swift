public import Datasets
public import LatentCore
public import Torch

/// `latent train vae`: dense layers, Gaussian posterior, Bernoulli likelihood.
public struct VAERecipe: Recipe {
  private static let latent = ConfigKey(
    "latent", default: 20, in: .between(1, 4096), "Dimensions of the code.")
  private static let hidden = ConfigKey(
    "hidden", default: [400], each: .between(1, 65536),
    "Units of each hidden layer of the encoder; the decoder mirrors them.")
  private static let beta = ConfigKey(
    "beta", default: 1.0, in: .between(0, 1e6), "Weight of the rate; 1 is the ELBO.")
  private static let binarise = ConfigKey(
    "binarise", default: Binarisation.dynamic,
    "How grey values become binary: anew each time, by a threshold, or not at all.")

  /// The recipe.
  public init() {}

  /// `vae`.
  public var name: String { "vae" }

  /// What it trains.
  public var summary: String { "Variational autoencoder of dense layers for images in 0 … 1." }

  /// Kingma & Welling.
  public var citations: [Citation] {
    [
      Citation(
        authors: "Kingma & Welling", title: "Auto-Encoding Variational Bayes", year: 2013,
        arXiv: "1312.6114", place: "eq. 10, appendix C")
    ]
  }

  /// `latent`, `hidden`, `beta`, `binarise`.
  public var settings: ConfigSchema {
    ConfigSchema(Self.latent, Self.hidden, Self.beta, Self.binarise)
  }

  /// Enough for the digits that come with the package.
  public var defaultSteps: Int { 3000 }

  /// Throws `RecipeError` unless the examples are numbers between 0 and 1.
  public func make(
    _ config: Config, data: DatasetSchema, using generator: Generator
  ) throws -> any Method {
    guard let range = data.range, range.lowerBound >= 0, range.upperBound <= 1 else {
      let values =
        data.range.map { "values from \($0.lowerBound) to \($0.upperBound)" }
        ?? "values of no known range"
      throw RecipeError(
        "recipe vae expects values from 0 to 1, found \(data.kind.rawValue) of shape "
          + "\(data.exampleShape) with \(values)",
        remedy: "train on images, or scale the values to 0 … 1 first")
    }
    let network = VariationalAutoencoder(
      VAEConfig(
        exampleShape: data.exampleShape, hidden: config[Self.hidden], latent: config[Self.latent]),
      using: generator)
    return VAEMethod(
      network, objective: VAEObjective(beta: config[Self.beta]),
      binarisation: config[Self.binarise])
  }
}

extension Binarisation: ConfigValue {}
