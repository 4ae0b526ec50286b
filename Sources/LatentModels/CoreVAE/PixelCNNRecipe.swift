public import Datasets
public import LatentCore
public import Torch

/// What the distribution of a pixel is.
public enum PixelLikelihood: String, Sendable, CaseIterable, ConfigValue {
  /// A mixture of discretised logistic distributions.
  case mixture
  /// A softmax over the levels.
  case softmax
}

/// The settings of an autoregressive model of pictures, shared by the recipes that have one.
public struct PixelCNNSettings: Sendable {
  /// Levels of a pixel.
  public let levels = ConfigKey(
    "levels", default: 256, in: .between(2, 65536), "Levels of a pixel: 256 for 8 bits.")
  /// The pixel's distribution.
  public let likelihood = ConfigKey(
    "pixel-likelihood", default: PixelLikelihood.mixture, "Distribution of a pixel.")
  /// Components of the mixture.
  public let mixtures = ConfigKey(
    "mixtures", default: 5, in: .between(1, 100), "Components of the logistic mixture.")
  /// Channels.
  public let width = ConfigKey(
    "width", default: 32, in: .between(1, 1024), "Channels of every layer; the paper's are 160.")
  /// Blocks at each scale.
  public let blocks = ConfigKey(
    "blocks", default: 2, in: .between(1, 50),
    "Gated blocks at each scale, down and up; the paper's are 5.")
  /// Scales.
  public let scales = ConfigKey(
    "scales", default: 2, in: .between(1, 6),
    "Sizes that the picture is halved to, its own included; the paper's are 3.")
  /// The dropout's probability.
  public let dropout = ConfigKey(
    "dropout", default: 0.0, in: .from(0, below: 1),
    "Probability of dropping an element in training.")
  /// Whether there are long short-cuts.
  public let shortcuts = ConfigKey(
    "shortcuts", default: true, "Whether the way up sees the layers of the way down.")

  /// The settings.
  public init() {}

  /// All keys.
  public var schema: ConfigSchema {
    ConfigSchema(levels, likelihood, mixtures, width, blocks, scales, dropout, shortcuts)
  }

  /// The configured sizes.
  public func sizes(_ config: Config) -> PixelCNNSizes {
    PixelCNNSizes(
      width: config[width], blocks: config[blocks], scales: config[scales],
      dropout: config[dropout], hasShortcuts: config[shortcuts])
  }

  /// The configured model of pictures, unconditional or with a condition of that many channels.
  ///
  /// Throws `RecipeError` for data that are no pictures of 0 … 1 with sides that can be halved.
  public func model(
    _ config: Config, data: DatasetSchema, condition: Int = 0, recipe: String,
    using generator: Generator
  ) throws -> AutoregressiveModel {
    let (sizes, shape, levels) = (sizes(config), data.exampleShape, config[levels])
    guard data.kind.isImage, shape.count == 3, data.range == 0...1 else {
      throw RecipeError(
        "recipe \(recipe) expects pictures with values from 0 to 1, found \(data.kind.rawValue) of "
          + "shape \(shape)", remedy: "train on pictures, or train vae with likelihood=gaussian")
    }
    guard shape[1] % sizes.multiple == 0, shape[2] % sizes.multiple == 0 else {
      throw RecipeError(
        "recipe \(recipe) with scales=\(sizes.scales) expects sides that are multiples of "
          + "\(sizes.multiple), found \(shape[1]) × \(shape[2])",
        remedy: "set scales=1, or crop or pad the pictures")
    }
    return AutoregressiveModel(
      shape: shape, levels: levels, condition: condition, sizes: sizes, using: generator
    ) { width, generator in
      switch config[likelihood] {
      case .mixture:
        LogisticMixtureHead(
          width: width, channels: shape[0], levels: levels, mixtures: config[mixtures],
          using: generator)
      case .softmax:
        SoftmaxHead(width: width, channels: shape[0], levels: levels, using: generator)
      }
    }
  }
}

/// `latent train pixelcnn`: PixelCNN++ on pictures.
public struct PixelCNNRecipe: Recipe {
  private static let own = PixelCNNSettings()

  /// The recipe.
  public init() {}

  /// `pixelcnn`.
  public var name: String { "pixelcnn" }
  /// What it trains.
  public var summary: String {
    "PixelCNN++: pictures by their own pixels, with an exact likelihood."
  }
  /// Where it comes from.
  public var citations: [Citation] {
    [
      Citation(
        authors: "Salimans, Karpathy, Chen & Kingma",
        title: "PixelCNN++: Improving the PixelCNN with Discretized Logistic Mixture Likelihood "
          + "and Other Modifications",
        year: 2017, arXiv: "1701.05517", place: "section 2"),
      Citation(
        authors: "van den Oord, Kalchbrenner, Vinyals, Espeholt, Graves & Kavukcuoglu",
        title: "Conditional Image Generation with PixelCNN Decoders", year: 2016,
        arXiv: "1606.05328", place: "section 2"),
    ]
  }
  /// Those of the model.
  public var settings: ConfigSchema { Self.own.schema }
  /// 3000.
  public var defaultSteps: Int { 3000 }

  /// A fresh method; throws `RecipeError` for data that are no pictures.
  public func make(
    _ config: Config, data: DatasetSchema, using generator: Generator
  ) throws -> any Method {
    PixelCNN(try Self.own.model(config, data: data, recipe: name, using: generator))
  }
}
