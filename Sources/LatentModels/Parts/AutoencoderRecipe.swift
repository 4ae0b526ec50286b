public import Datasets
public import LatentCore
public import Torch

/// A recipe of an autoencoder: the shared settings, its own, a bottleneck and an objective.
///
/// A method's file declares one as a static constant:
///
///     extension AutoencoderRecipe {
///       public static let vae = AutoencoderRecipe("vae", …) { config, network in
///         VariationalMethod(network, objective: ELBO())
///       }
///     }
public struct AutoencoderRecipe: Recipe {
  /// What makes the bottleneck behind a number of features, with a code of this size.
  public typealias MakeBottleneck =
    @Sendable (
      _ config: Config, _ features: Int, _ size: Int, _ generator: Generator
    ) -> any Bottleneck

  /// The name in `latent train NAME`.
  public let name: String
  /// What it trains.
  public let summary: String
  /// Where it comes from.
  public let citations: [Citation]
  /// The updates that usually suffice.
  public let defaultSteps: Int
  /// The recipe's own settings, then the shared ones.
  public let settings: ConfigSchema
  private let shared: AutoencoderSettings
  private let latent: LatentPart
  private let method: @Sendable (Config, Autoencoder, Generator) throws -> any Method

  /// A recipe with a bottleneck of its own, or a Gaussian one beside the standard normal prior.
  public init(
    _ name: String, _ summary: String, citations: [Citation], defaultSteps: Int = 3000,
    settings own: ConfigSchema = ConfigSchema(fields: []),
    shared: AutoencoderSettings = AutoencoderSettings(),
    bottleneck: @escaping MakeBottleneck = { _, features, size, generator in
      GaussianBottleneck(features: features, size: size, using: generator)
    },
    method: @escaping @Sendable (Config, Autoencoder, Generator) throws -> any Method
  ) {
    self.init(
      name, summary, citations: citations, defaultSteps: defaultSteps, settings: own,
      shared: shared,
      latent: LatentPart { config, features, size, _, generator in
        bottleneck(config, features, size, generator)
      }, method: method)
  }

  /// A recipe with a latent part that has settings of its own, such as `.gaussian` with its priors.
  public init(
    _ name: String, _ summary: String, citations: [Citation], defaultSteps: Int = 3000,
    settings own: ConfigSchema = ConfigSchema(fields: []),
    shared: AutoencoderSettings = AutoencoderSettings(), latent: LatentPart,
    method: @escaping @Sendable (Config, Autoencoder, Generator) throws -> any Method
  ) {
    self.name = name
    self.summary = summary
    self.citations = citations
    self.defaultSteps = defaultSteps
    self.settings = own + latent.settings + shared.schema
    self.shared = shared
    self.latent = latent
    self.method = method
  }

  /// A fresh method; throws `RecipeError` for data that it has no use for.
  public func make(
    _ config: Config, data: DatasetSchema, using generator: Generator
  ) throws -> any Method {
    let network = try shared.autoencoder(config, data: data, recipe: name, using: generator) {
      latent.make(config, $0, $1, data, generator)
    }
    return try method(config, network, generator)
  }
}
