public import Datasets
public import LatentCore
public import Torch

/// `latent train classifier`: classes with probabilities, by default from a Bayesian last layer.
public struct ClassifierRecipe: Recipe {
  /// Which last layer a classifier has.
  enum Head: String, CaseIterable, ConfigValue {
    case linear, vbll
    case generative = "g-vbll"
  }

  private static let head = ConfigKey(
    "head", default: Head.vbll,
    "Last layer: linear, variational Bayesian (vbll), or Gaussian classes (g-vbll).")
  private static let draws = ConfigKey(
    "draws", default: 20, in: .between(1, 10_000),
    "Draws of the logits behind a prediction of head=vbll.")

  /// The recipe.
  public init() {}

  /// `classifier`.
  public var name: String { "classifier" }
  /// What it trains.
  public var summary: String {
    "Classes of examples with calibrated probabilities, by a variational Bayesian last layer."
  }
  /// Where it comes from.
  public var citations: [Citation] { [PredictorSettings.citation] }
  /// Those of the last layer and of the network.
  public var settings: ConfigSchema {
    ConfigSchema(Self.head, Self.draws) + PredictorSettings.schema
  }
  /// 2000.
  public var defaultSteps: Int { 2000 }

  /// A fresh classifier; throws `RecipeError` for data without classes.
  public func make(
    _ config: Config, data: DatasetSchema, using generator: Generator
  ) throws -> any Method {
    guard let names = data.classNames, names.count > 1 else {
      throw RecipeError(
        "recipe \(name) expects data with at least two classes, found \(data.kind.rawValue) of shape "
          + "\(data.exampleShape) without labels",
        remedy: "train on data with labels, such as a folder with a subfolder a class")
    }
    let (encoder, features, standardised) = try PredictorSettings.encoder(
      config, data: data, recipe: name, using: generator)
    let classes = names.count
    let head: any ClassificationHead =
      switch config[Self.head] {
      case .linear: PointClassificationHead(features, classes, using: generator)
      case .vbll:
        DiscriminativeHead(
          PredictorSettings.weights(config, features: features, outputs: classes, using: generator),
          draws: config[Self.draws])
      case .generative:
        GenerativeHead(
          features, classes, priorVariance: config[PredictorSettings.priorScale], using: generator)
      }
    return Classifier(
      encoder: encoder, head: head, classNames: names, codeSize: features,
      divergenceWeight: config[PredictorSettings.divergenceWeight], standardising: standardised)
  }
}
