public import Datasets
public import LatentCore
public import Torch

/// `latent train semi-supervised-vae`: a classifier and a generator from few labels.
public struct SemiSupervisedRecipe: Recipe {
  private static let inference = ConfigKey(
    "inference", default: ClassInference.gumbel,
    "What becomes of a missing class: one relaxed draw, or the sum over all classes.")
  private static let fraction = ConfigKey(
    "labelled", default: 0.1, in: .between(0, 1), "Share of the training labels that are used.")
  private static let weight = ConfigKey(
    "classification-weight", default: 50.0, in: .between(0, 1e6),
    "Weight of the classifier's cross-entropy on labelled examples.")
  private static let relaxation = RelaxationSettings()
  private static let shared = AutoencoderSettings()

  /// The recipe.
  public init() {}

  /// `semi-supervised-vae`.
  public var name: String { "semi-supervised-vae" }
  /// What it trains.
  public var summary: String {
    "Class and Gaussian code side by side, from data of which few have labels."
  }
  /// Where it comes from.
  public var citations: [Citation] {
    [
      Citation(
        authors: "Kingma, Rezende, Mohamed & Welling",
        title: "Semi-Supervised Learning with Deep Generative Models", year: 2014,
        arXiv: "1406.5298", place: "model M2"),
      Citation(
        authors: "Jang, Gu & Poole", title: "Categorical Reparameterization with Gumbel-Softmax",
        year: 2016, arXiv: "1611.01144", place: "section 4.3"),
    ]
  }
  /// Its own settings, the relaxation's, and those of autoencoders but the network's kind.
  public var settings: ConfigSchema {
    ConfigSchema(Self.inference, Self.fraction, Self.weight) + Self.relaxation.schema
      + ConfigSchema(
        Self.shared.latent, Self.shared.hidden, Self.shared.likelihood, Self.shared.sigma,
        Self.shared.binarise)
  }
  /// 3000.
  public var defaultSteps: Int { 3000 }

  /// A fresh method; throws `RecipeError` for data without classes.
  public func make(
    _ config: Config, data: DatasetSchema, using generator: Generator
  ) throws -> any Method {
    guard let classes = data.classCount, classes > 1 else {
      throw RecipeError(
        "recipe \(name) expects data with at least two classes, found \(data.kind.rawValue) of shape "
          + "\(data.exampleShape) without labels",
        remedy: "train on data with labels, or train gumbel-vae")
    }
    try Self.shared.check(data, config, recipe: name)
    let network = SemiSupervisedVAE(
      exampleShape: data.exampleShape, classes: classes, latent: config[Self.shared.latent],
      hidden: config[Self.shared.hidden], schedule: Self.relaxation.schedule(config),
      likelihood: Self.shared.likelihood(config), using: generator)
    return SemiSupervisedMethod(
      network, inference: config[Self.inference], labelledFraction: config[Self.fraction],
      classificationWeight: config[Self.weight])
  }
}
