public import Datasets
public import LatentCore
import LatentNN
public import Torch

/// How a codebook's entries are moved, as a setting.
public enum CodebookRule: String, Sendable, CaseIterable, ConfigValue {
  /// Moving averages of the vectors that they took.
  case ema
  /// The gradient of the squared distance to them.
  case gradient
}

/// Which decoder stands behind a grid of codes.
public enum GridDecoderKind: String, Sendable, CaseIterable, ConfigValue {
  /// Convolutions, pixels independent given the codes.
  case conv
  /// PixelCNN++ that sees the codes at every place.
  case pixelcnn
}

/// `latent train vq-vae`: a codebook with its learned prior.
public struct VQVAERecipe: Recipe {
  private static let entries = ConfigKey(
    "entries", default: 512, in: .between(2, 65536), "Entries of the codebook.")
  private static let size = ConfigKey(
    "code-size", default: 16, in: .between(1, 1024), "Numbers of a codebook entry.")
  private static let halvings = ConfigKey(
    "halvings", default: 2, in: .between(0, 8), "How often the picture is halved to the code grid.")
  private static let channels = ConfigKey(
    "channels", default: 64, in: .between(2, 4096), "Channels of encoder and decoder.")
  private static let commitment = ConfigKey(
    "commitment", default: 0.25, in: .between(0, 1e6), "Weight of the encoder's commitment, β.")
  private static let rule = ConfigKey(
    "codebook", default: CodebookRule.ema, "How the codebook's entries are moved.")
  private static let decay = ConfigKey(
    "decay", default: 0.99, in: .from(0, below: 1), "Decay of the moving averages.")
  private static let gradient = ConfigKey(
    "gradient", default: CodebookGradient.straightThrough,
    "Which gradient the encoder gets from a codeword.")
  private static let startsFromData = ConfigKey(
    "k-means", default: true, "Whether the first batch places the entries, by k-means.")
  private static let restart = ConfigKey(
    "restart-below", default: 0.02, in: .between(0, 1),
    "An entry with less than this share of the mean use starts anew; 0 for never.")
  private static let decoder = ConfigKey(
    "decoder", default: GridDecoderKind.conv, "Decoder behind the codes.")
  private static let autoencoderSteps = ConfigKey(
    "autoencoder-steps", default: 0, in: .atLeast(0), unit: "steps",
    "Steps for the autoencoder alone, the rest being the prior's; 0 for both side by side.")
  private static let priorWidth = ConfigKey(
    "prior-width", default: 32, in: .between(1, 1024), "Channels of the prior over codes.")
  private static let priorBlocks = ConfigKey(
    "prior-blocks", default: 3, in: .between(1, 50), "Gated blocks of the prior, down and up.")
  private static let shared = AutoencoderSettings(likelihood: .gaussian, sigma: 0.2)
  private static let pixels = PixelCNNSettings()

  /// The recipe.
  public init() {}

  /// `vq-vae`.
  public var name: String { "vq-vae" }
  /// What it trains.
  public var summary: String {
    "Vector-quantised autoencoder with an autoregressive prior over its codes."
  }
  /// Where it comes from.
  public var citations: [Citation] {
    [
      Citation(
        authors: "van den Oord, Vinyals & Kavukcuoglu",
        title: "Neural Discrete Representation Learning", year: 2017, arXiv: "1711.00937",
        place: "section 3, appendix A.1"),
      Citation(
        authors: "Fifty, Junkins, Duan, Iyengar, Liu, Amid, Thrun & Ré",
        title: "Restructuring Vector Quantization with the Rotation Trick", year: 2024,
        arXiv: "2410.06424", place: "section 4"),
    ]
  }
  /// Its own settings, the likelihood's, and those of a PixelCNN decoder.
  public var settings: ConfigSchema {
    ConfigSchema(
      Self.entries, Self.size, Self.halvings, Self.channels, Self.commitment, Self.rule,
      Self.decay, Self.gradient, Self.startsFromData, Self.restart, Self.decoder,
      Self.autoencoderSteps, Self.priorWidth, Self.priorBlocks)
      + ConfigSchema(Self.shared.likelihood, Self.shared.sigma, Self.shared.binarise)
      + Self.pixels.schema
  }
  /// 3000.
  public var defaultSteps: Int { 3000 }

  /// A fresh method; throws `RecipeError` for data that are no pictures which can be halved.
  public func make(
    _ config: Config, data: DatasetSchema, using generator: Generator
  ) throws -> any Method {
    let plan = ResidualPlan(halvings: config[Self.halvings], channels: config[Self.channels])
    guard let grid = plan.grid(of: data.exampleShape) else {
      throw RecipeError(
        "recipe vq-vae with halvings=\(plan.halvings) expects pictures with sides that are "
          + "multiples of \(1 << plan.halvings), found \(data.kind.rawValue) of shape "
          + "\(data.exampleShape)",
        remedy: "set fewer halvings, or crop or pad the pictures")
    }
    let size = config[Self.size]
    let encoder = plan.encoder(data.exampleShape[0], size: size, using: generator)
    let quantizer = VectorQuantizer(
      options(config), grid: grid, commitment: config[Self.commitment],
      gradient: config[Self.gradient], using: generator)
    let decoder = try decoder(config, plan, data, using: generator)
    let sizes = PixelCNNSizes(
      width: config[Self.priorWidth], blocks: config[Self.priorBlocks], scales: 1)
    let steps = config[Self.autoencoderSteps]
    return VQVAE(
      encoder: encoder, quantizer: quantizer, decoder: decoder,
      prior: codePrior(
        grid: grid, entries: config[Self.entries], sizes: sizes, using: generator),
      autoencoderSteps: steps > 0 ? steps : nil)
  }

  private func options(_ config: Config) -> CodebookOptions {
    CodebookOptions(
      entries: config[Self.entries], size: config[Self.size],
      update: config[Self.rule] == .ema
        ? .movingAverage(decay: config[Self.decay]) : .gradient,
      startsFromData: config[Self.startsFromData], restartBelow: config[Self.restart])
  }

  private func decoder(
    _ config: Config, _ plan: ResidualPlan, _ data: DatasetSchema, using generator: Generator
  ) throws -> any CodeDecoder {
    let size = config[Self.size]
    guard config[Self.decoder] == .conv else {
      let conditioner = plan.decoder(size, outputs: plan.channels, using: generator)
      let model = try Self.pixels.model(
        config, data: data, condition: plan.channels, recipe: name, using: generator)
      return AutoregressiveDecoder(conditioner: conditioner, model: model, codeRank: 3)
    }
    guard config[Self.shared.likelihood] != .squaredError else {
      throw RecipeError(
        "recipe vq-vae expects a likelihood in nats, found likelihood=squared-error",
        remedy: "set likelihood=gaussian, whose cost is the squared error over 2 sigma²")
    }
    try Self.shared.check(data, config, recipe: name)
    let likelihood = Self.shared.likelihood(config)
    let network = plan.decoder(
      size, outputs: data.exampleShape[0] * likelihood.parametersPerElement, using: generator)
    return NetworkDecoder(
      network, likelihood: likelihood, exampleShape: data.exampleShape, codeRank: 3)
  }
}

/// PixelCNN over grids of code numbers: their table as input, a softmax over the entries as output.
public func codePrior(
  grid: [Int], entries: Int, sizes: PixelCNNSizes, using generator: Generator
) -> AutoregressiveModel {
  AutoregressiveModel(
    shape: [1] + grid, levels: entries, input: .embedded(sizes.width), sizes: sizes,
    using: generator
  ) { width, generator in
    SoftmaxHead(width: width, channels: 1, levels: entries, using: generator)
  }
}
