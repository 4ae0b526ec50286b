public import Datasets
public import LatentCore
public import Torch

/// `latent train regressor`: numbers with their uncertainty, by default from a Bayesian last layer.
public struct RegressorRecipe: Recipe {
  /// Which last layer a regressor has.
  enum Head: String, CaseIterable, ConfigValue {
    case linear, vbll
  }

  private static let head = ConfigKey(
    "head", default: Head.vbll, "Last layer: linear, or variational Bayesian (vbll).")

  /// The recipe.
  public init() {}

  /// `regressor`.
  public var name: String { "regressor" }
  /// What it trains.
  public var summary: String {
    "Numbers of examples with their uncertainty, by a variational Bayesian last layer."
  }
  /// Where it comes from.
  public var citations: [Citation] { [PredictorSettings.citation] }
  /// Those of the last layer and of the network.
  public var settings: ConfigSchema { ConfigSchema(Self.head) + PredictorSettings.schema }
  /// 2000.
  public var defaultSteps: Int { 2000 }

  /// A fresh regressor of all continuous factors; throws `RecipeError` for data without any.
  public func make(
    _ config: Config, data: DatasetSchema, using generator: Generator
  ) throws -> any Method {
    let factors = data.factors ?? []
    let columns = factors.indices.filter { factors[$0].size == nil }
    guard !columns.isEmpty else {
      throw RecipeError(
        "recipe \(name) expects data with numbers to predict, found \(data.kind.rawValue) of shape "
          + "\(data.exampleShape) without continuous factors",
        remedy:
          "name a column of a table, as in table.csv:target=price, or give an .npz with real factors"
      )
    }
    let (encoder, features, standardised) = try PredictorSettings.encoder(
      config, data: data, recipe: name, using: generator)
    let head: any RegressionHead =
      switch config[Self.head] {
      case .linear: PointRegressionHead(features, columns.count, using: generator)
      case .vbll:
        BayesianRegressionHead(
          PredictorSettings.weights(
            config, features: features, outputs: columns.count, using: generator))
      }
    return Regressor(
      encoder: encoder, head: head, targets: columns.map { factors[$0].name }, columns: columns,
      codeSize: features, divergenceWeight: config[PredictorSettings.divergenceWeight],
      standardising: standardised)
  }
}
