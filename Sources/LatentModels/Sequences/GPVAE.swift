public import Datasets
public import LatentCore
public import Torch

/// In which coordinates the posterior of a latent series is independent.
public enum SeriesDomain: String, Sendable, CaseIterable, ConfigValue {
  /// Waves: `FourierGaussianProcess`.
  case fourier
  /// Places: `TimeGaussianProcess`.
  case time
}

/// `latent train gp-vae`: a variational autoencoder of series with smooth latents, of one modality or two.
public struct GPVAERecipe: Recipe {
  private static let counts = ConfigKey(
    "counts", default: 0, in: .between(0, 1_000_000),
    "Channels at the start of an example that are counts, such as spikes of neurons.")
  private static let latents = ConfigKey(
    "latents", default: 2, in: .between(0, 256), "Latent series of the numbers alone.")
  private static let countLatents = ConfigKey(
    "count-latents", default: 1, in: .between(0, 256), "Latent series of the counts alone.")
  private static let shared = ConfigKey(
    "shared-latents", default: 1, in: .between(0, 256),
    "Latent series of both, where an example has counts and numbers.")
  private static let hidden = ConfigKey(
    "hidden", default: [128, 64], each: .between(1, 65536),
    "Units of each hidden layer of the numbers' encoder; their decoder mirrors them.")
  private static let countHidden = ConfigKey(
    "count-hidden", default: [80, 40], each: .between(1, 65536),
    "Units of each hidden layer of the counts' encoder.")
  private static let domain = ConfigKey(
    "domain", default: SeriesDomain.fourier,
    "Coordinates in which the posterior is independent: waves or places.")
  private static let lengthScale = ConfigKey(
    "length-scale", default: 10.0, in: .above(0, upTo: 1e6), unit: "places",
    "Where the learned length scales start.")
  private static let shortest = ConfigKey(
    "shortest-length", default: 4.0, in: .above(0, upTo: 1e6), unit: "places",
    "Waves faster than a process of this length scale needs are left out.")

  /// The recipe.
  public init() {}

  /// `gp-vae`.
  public var name: String { "gp-vae" }
  /// What it trains.
  public var summary: String {
    "Autoencoder of series with smooth latents, of one kind of numbers or of counts beside numbers."
  }
  /// The sources.
  public var citations: [Citation] {
    [
      Citation(
        authors: "Gondur, Sikandar, Schaffer, Aoi & Keeley",
        title:
          "Multi-modal Gaussian Process Variational Autoencoders for Neural and Behavioral Data",
        year: 2023, arXiv: "2310.03111", place: "sections 3 and 4"),
      Citation(
        authors: "Casale, Dalca, Saglietti, Listgarten & Fusi",
        title: "Gaussian Process Prior Variational Autoencoders", year: 2018, arXiv: "1810.11738"),
    ]
  }
  /// Parts, networks and prior.
  public var settings: ConfigSchema {
    ConfigSchema(
      Self.counts, Self.latents, Self.countLatents, Self.shared, Self.hidden, Self.countHidden,
      Self.domain, Self.lengthScale, Self.shortest, ELBO.betaKey)
  }
  /// Three thousand.
  public var defaultSteps: Int { 3000 }

  /// A fresh method; time is the last dimension of an example, and what stands before it are channels.
  ///
  /// Throws `RecipeError` for tokens, for examples of fewer than two places, and for a modality without a latent.
  public func make(
    _ config: Config, data: DatasetSchema, using generator: Generator
  ) throws -> any Method {
    let series = try SeriesShape(of: data, recipe: name)
    let parts = try Self.parts(config, channels: series.channels)
    let encoder = SeriesEncoder(
      parts, hidden: config[Self.hidden], countHidden: config[Self.countHidden], using: generator)
    let bottleneck: any Bottleneck
    switch config[Self.domain] {
    case .fourier:
      bottleneck = FourierGaussianProcess(
        count: parts.latents,
        basis: FourierBasis(length: series.length, shortest: config[Self.shortest]),
        lengthScale: config[Self.lengthScale], using: generator)
    case .time:
      bottleneck = TimeGaussianProcess(
        count: parts.latents, length: series.length, lengthScale: config[Self.lengthScale])
    }
    let decoder = SeriesDecoder(
      parts, exampleShape: data.exampleShape, hidden: config[Self.hidden].reversed(),
      using: generator)
    return VariationalMethod(
      Autoencoder(encoder: encoder, bottleneck: bottleneck, decoder: decoder),
      objective: ELBO(beta: config[ELBO.betaKey]))
  }

  /// How the channels and latents divide; throws `RecipeError` for more counts than channels and for a modality without a latent.
  private static func parts(_ config: Config, channels: Int) throws -> SeriesParts {
    let numbers = channels - config[counts]
    guard numbers >= 0 else {
      throw RecipeError(
        "recipe gp-vae expects at most as many counts as channels, found counts=\(config[counts]) "
          + "for \(channels) channels", remedy: "set counts=\(channels), or less")
    }
    let both = config[counts] > 0 && numbers > 0
    let parts = SeriesParts(
      counts: config[counts], numbers: numbers,
      countLatents: config[counts] > 0 ? config[countLatents] : 0,
      shared: both ? config[shared] : 0, numberLatents: numbers > 0 ? config[latents] : 0)
    guard
      (parts.counts == 0 || !parts.ofCounts.isEmpty)
        && (parts.numbers == 0 || !parts.ofNumbers.isEmpty)
    else {
      throw RecipeError(
        "recipe gp-vae expects a latent for the counts and one for the numbers, found "
          + "count-latents=\(config[countLatents]) shared-latents=\(config[shared]) "
          + "latents=\(config[latents])", remedy: "set latents=2 count-latents=1 shared-latents=1")
    }
    return parts
  }
}
