public import Datasets
public import LatentCore
public import Torch

/// `latent train gru-vae`: one code for a whole series, read and written by recurrent layers.
public struct GRUVAERecipe: Recipe {
  private static let latent = ConfigKey(
    "latent", default: 16, in: .between(1, 4096), "Dimensions of the code of a series.")
  private static let hidden = ConfigKey(
    "hidden", default: 128, in: .between(1, 65536), "Numbers in the state of a recurrent layer.")
  private static let sigma = ConfigKey(
    "sigma", default: 1.0, in: .between(1e-6, 1e6),
    "Standard deviation of the Gaussian likelihood, in the data's scale.")

  /// The recipe.
  public init() {}

  /// `gru-vae`.
  public var name: String { "gru-vae" }
  /// What it trains.
  public var summary: String {
    "Variational autoencoder of series whose encoder and decoder are recurrent."
  }
  /// The source.
  public var citations: [Citation] {
    [
      Citation(
        authors: "Fabius & van Amersfoort", title: "Variational Recurrent Auto-Encoders",
        year: 2014, arXiv: "1412.6581", place: "section 2.2"),
      Citation(
        authors: "Cho et al.",
        title:
          "Learning Phrase Representations using RNN Encoder-Decoder for Statistical Machine Translation",
        year: 2014, arXiv: "1406.1078", place: "section 2.3"),
    ]
  }
  /// Code, states, likelihood and β.
  public var settings: ConfigSchema {
    ConfigSchema(Self.latent, Self.hidden, Self.sigma, ELBO.betaKey)
  }
  /// Three thousand.
  public var defaultSteps: Int { 3000 }

  /// A fresh method; time is the last dimension of an example, and what stands before it are channels.
  ///
  /// Throws `RecipeError` for tokens and for examples of fewer than two places.
  public func make(
    _ config: Config, data: DatasetSchema, using generator: Generator
  ) throws -> any Method {
    let series = try SeriesShape(of: data, recipe: name)
    let (hidden, size) = (config[Self.hidden], config[Self.latent])
    let reader = SeriesReader(channels: series.channels, hidden: hidden, using: generator)
    let bottleneck = GaussianBottleneck(features: hidden, size: size, using: generator)
    let writer = SeriesWriter(
      size: size, channels: series.channels, length: series.length, hidden: hidden,
      using: generator)
    let decoder = NetworkDecoder(
      writer, likelihood: GaussianLikelihood(standardDeviation: config[Self.sigma]),
      exampleShape: data.exampleShape)
    return VariationalMethod(
      Autoencoder(encoder: reader, bottleneck: bottleneck, decoder: decoder),
      objective: ELBO(beta: config[ELBO.betaKey]))
  }
}
