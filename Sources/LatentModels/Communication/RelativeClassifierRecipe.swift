public import Datasets
public import LatentCore
import LatentNN
public import Torch

/// `latent train relative-classifier`: a classifier whose head reads similarities to anchors.
public struct RelativeClassifierRecipe: Recipe {
  /// What the head reads.
  enum Codes: String, CaseIterable, ConfigValue {
    case relative, absolute
  }

  private static let codes = ConfigKey(
    "codes", default: Codes.relative, "Whether the head reads relative or absolute codes.")
  private static let latent = ConfigKey(
    "latent", default: 50, in: .between(1, 4096), "Dimensions of the absolute code.")
  private static let network = ConfigKey(
    "network", default: NetworkKind.dense, "Dense layers, or convolutions for pictures.")
  private static let hidden = ConfigKey(
    "hidden", default: [256], each: .between(1, 65536),
    "Units of each dense hidden layer of the encoder.")
  private static let head = ConfigKey(
    "head-hidden", default: [100], each: .between(1, 65536),
    "Units of each hidden layer of the head.")

  /// The recipe.
  public init() {}

  /// `relative-classifier`.
  public var name: String { "relative-classifier" }
  /// What it trains.
  public var summary: String { "Classifier whose head reads similarities to fixed examples." }
  /// The source.
  public var citations: [Citation] { [RelativeSettings.source] }
  /// All of its keys.
  public var settings: ConfigSchema {
    ConfigSchema(Self.codes) + RelativeSettings.schema
      + ConfigSchema(Self.latent, Self.network, Self.hidden, Self.head)
  }
  /// Two thousand.
  public var defaultSteps: Int { 2000 }

  /// A fresh classifier; throws `RecipeError` for data without classes.
  public func make(
    _ config: Config, data: DatasetSchema, using generator: Generator
  ) throws -> any Method {
    guard let names = data.classNames, names.count > 1 else {
      throw RecipeError(
        "recipe \(name) expects examples with classes, found \(data.kind.rawValue) of shape "
          + "\(data.exampleShape) without",
        remedy: "train on data with classes, or use recipe relative-autoencoder")
    }
    let (encoder, features) = try encoder(config, data, using: generator)
    let size = config[Self.latent]
    let bottleneck: any Bottleneck
    switch config[Self.codes] {
    case .relative:
      bottleneck = RelativeSettings.bottleneck(
        config, features: features, size: size, data: data, using: generator)
    case .absolute:
      bottleneck = DeterministicBottleneck(features: features, size: size, using: generator)
    }
    let widths = bottleneck.codeShape + config[Self.head] + [names.count]
    let network = ClassifierNetwork(
      encoder: encoder, bottleneck: bottleneck,
      head: denseStack(widths, activateLast: false, using: generator))
    return CodeClassifier(
      network, classNames: names, anchorSeed: UInt64(config[RelativeSettings.seed]))
  }

  private func encoder(
    _ config: Config, _ data: DatasetSchema, using generator: Generator
  ) throws -> (any UnaryLayer, features: Int) {
    let shape = data.exampleShape
    switch config[Self.network] {
    case .dense:
      let (elements, hidden) = (shape.reduce(1, *), config[Self.hidden])
      return (denseEncoder(elements, hidden: hidden, using: generator), hidden.last ?? elements)
    case .conv:
      guard let plan = ConvolutionalPlan(exampleShape: shape) else {
        throw RecipeError(
          "recipe \(name) with network=conv expects pictures of even sides above 4, found "
            + "\(data.kind.rawValue) of shape \(shape)",
          remedy: "set network=dense, or crop or pad the pictures")
      }
      return (plan.encoder(using: generator), plan.hidden)
    }
  }
}
