public import Datasets
public import LatentCore
import LatentLearning
import LatentNN
public import Torch

/// The settings that self-supervised recipes share: the encoder with its head, and the views.
struct SelfSupervisedSettings: Sendable {
  let network = ConfigKey(
    "network", default: PooledNetworkKind.conv, "Layers of the encoder, with batch normalisation.")
  let widths = ConfigKey(
    "widths", default: [32, 64, 128], each: .between(1, 65536),
    "Channels, or units, of the encoder's stages; the last is the size of the code.")
  let projection = ConfigKey(
    "projection", default: 64, in: .between(2, 65536), "Numbers that the loss compares.")
  let hidden = ConfigKey(
    "projection-hidden", default: 256, in: .between(1, 65536),
    "Hidden units of the projection head.")
  let views = ViewSettings()

  var schema: ConfigSchema {
    ConfigSchema(network, widths, projection, hidden) + views.schema
  }

  /// Throws `RecipeError` for data that are no pictures, and for an encoder without a layer.
  func check(_ config: Config, _ data: DatasetSchema, recipe: String) throws {
    guard data.kind.isImage else {
      throw RecipeError(
        "recipe \(recipe) expects pictures, of which it makes views, found \(data.kind.rawValue) of "
          + "shape \(data.exampleShape)",
        remedy: "train on pictures, or train an autoencoder such as vae")
    }
    guard !config[widths].isEmpty else {
      throw RecipeError(
        "recipe \(recipe) expects at least one stage in widths, found none",
        remedy: "set widths=32,64,128")
    }
  }

  func network(
    _ config: Config, _ data: DatasetSchema, using generator: Generator
  ) -> ProjectedEncoder {
    let widths = config[widths]
    let encoder = pooledEncoder(
      config[network], exampleShape: data.exampleShape, widths: widths, using: generator)
    return ProjectedEncoder(
      encoder, features: widths[widths.count - 1], projection: config[projection],
      hidden: config[hidden], using: generator)
  }
}

/// `latent train byol`: an encoder that predicts its own slow copy, without negative pairs.
public struct BYOLRecipe: Recipe {
  private static let shared = SelfSupervisedSettings()
  private static let decay = ConfigKey(
    "target-decay", default: 0.99, in: .between(0, 1),
    "How much of the target network each update keeps, at the start.")
  private static let steps = ConfigKey(
    "target-steps", default: 3000, in: .atLeast(0), unit: "steps",
    "Steps in which target-decay rises to 1, best those of the run; 0 keeps it.")
  private static let hidden = ConfigKey(
    "predictor-hidden", default: 256, in: .atLeast(0),
    "Hidden units of the predictor; 0 for none, with which codes collapse.")

  /// The recipe.
  public init() {}

  /// `byol`.
  public var name: String { "byol" }
  /// What it trains.
  public var summary: String {
    "Encoder of pictures that predicts its own slow copy's code of another view, without labels."
  }
  /// The source.
  public var citations: [Citation] {
    [
      Citation(
        authors: "Grill et al.",
        title: "Bootstrap Your Own Latent: A New Approach to Self-Supervised Learning", year: 2020,
        arXiv: "2006.07733", place: "algorithm 1")
    ]
  }
  /// Target, predictor, encoder and views.
  public var settings: ConfigSchema {
    ConfigSchema(Self.decay, Self.steps, Self.hidden) + Self.shared.schema
  }
  /// Three thousand.
  public var defaultSteps: Int { 3000 }

  /// A fresh method; throws `RecipeError` for data that are no pictures.
  public func make(
    _ config: Config, data: DatasetSchema, using generator: Generator
  ) throws -> any Method {
    try Self.shared.check(config, data, recipe: name)
    let (base, steps, hidden) = (config[Self.decay], config[Self.steps], config[Self.hidden])
    return BYOL(
      views: Self.shared.views.views(config, data.kind),
      decay: steps == 0 ? .constant(base) : .cosine(from: base, to: 1, steps: steps),
      predictor: hidden == 0 ? nil : hidden, using: generator
    ) { Self.shared.network(config, data, using: $0) }
  }
}

/// `latent train simclr`: an encoder that finds the other view of a picture among those of the batch.
public struct SimCLRRecipe: Recipe {
  private static let shared = SelfSupervisedSettings()
  private static let temperature = ConfigKey(
    "temperature", default: 0.2, in: .above(0, upTo: 100),
    "What cosines are divided by; smaller weighs the nearest other pictures more.")

  /// The recipe.
  public init() {}

  /// `simclr`.
  public var name: String { "simclr" }
  /// What it trains.
  public var summary: String {
    "Encoder of pictures that tells two views of one picture from those of others, without labels."
  }
  /// The source.
  public var citations: [Citation] {
    [
      Citation(
        authors: "Chen, Kornblith, Norouzi & Hinton",
        title: "A Simple Framework for Contrastive Learning of Visual Representations", year: 2020,
        arXiv: "2002.05709", place: "algorithm 1")
    ]
  }
  /// Temperature, encoder and views.
  public var settings: ConfigSchema { ConfigSchema(Self.temperature) + Self.shared.schema }
  /// Three thousand.
  public var defaultSteps: Int { 3000 }

  /// A fresh method; throws `RecipeError` for data that are no pictures.
  public func make(
    _ config: Config, data: DatasetSchema, using generator: Generator
  ) throws -> any Method {
    try Self.shared.check(config, data, recipe: name)
    return SimCLR(
      Self.shared.network(config, data, using: generator),
      views: Self.shared.views.views(config, data.kind), temperature: config[Self.temperature])
  }
}
