import Datasets
import LatentCore
import LatentNN
import Torch

/// The settings that recipes with a last layer share, and the encoder that they describe.
struct PredictorSettings {
  static let network = ConfigKey(
    "network", default: NetworkKind.dense, "Dense layers, or convolutions for pictures.")
  static let hidden = ConfigKey(
    "hidden", default: [128, 128], each: .between(1, 65536),
    "Units of each dense hidden layer; the last is the number of features.")
  static let covariance = ConfigKey(
    "covariance", default: WeightCovariance.dense,
    "Covariance of the last layer's weights, an output: diagonal, dense or low-rank.")
  static let rank = ConfigKey(
    "rank", default: 4, in: .between(1, 4096), "Rank of a low-rank covariance.")
  static let priorScale = ConfigKey(
    "prior-scale", default: 1.0, in: .between(1e-6, 1e6),
    "Prior variance of the last layer's weights, times the number of features.")
  static let divergenceWeight = ConfigKey(
    "divergence-weight", default: 1.0, in: .between(0, 1e6),
    "Weight of the divergence from the prior; 1 for the variational bound.")

  static let schema = ConfigSchema(
    network, hidden, covariance, rank, priorScale, divergenceWeight)

  /// The encoder, its number of features, and the elements to standardise; throws `RecipeError` for data that it
  /// cannot take.
  static func encoder(
    _ config: Config, data: DatasetSchema, recipe: String, using generator: Generator
  ) throws -> (layers: Sequential, features: Int, standardised: Int?) {
    guard data.kind != .tokens else {
      throw RecipeError(
        "recipe \(recipe) expects numbers or pictures, found tokens",
        remedy: "train on pictures or on a table of numbers")
    }
    let hidden = config[hidden]
    let elements = data.exampleShape.reduce(1, *)
    switch config[network] {
    case .dense:
      return (
        denseEncoder(elements, hidden: hidden, using: generator), hidden.last ?? elements,
        data.kind.isImage ? nil : elements
      )
    case .conv:
      let width = hidden.last ?? 256
      guard let plan = ConvolutionalPlan(exampleShape: data.exampleShape, hidden: width) else {
        throw RecipeError(
          "recipe \(recipe) with network=conv expects pictures of even sides above 4, found "
            + "\(data.kind.rawValue) of shape \(data.exampleShape)",
          remedy: "set network=dense, or crop or pad the pictures")
      }
      return (plan.encoder(using: generator), width, nil)
    }
  }

  /// The configured posterior over the weights of a last layer.
  static func weights(
    _ config: Config, features: Int, outputs: Int, using generator: Generator
  ) -> GaussianWeights {
    GaussianWeights(
      features, outputs, covariance: config[covariance], rank: config[rank],
      priorVariance: config[priorScale] / Double(features), using: generator)
  }

  static let citation = Citation(
    authors: "Harrison, Willes & Snoek", title: "Variational Bayesian Last Layers", year: 2024,
    arXiv: "2404.11599", place: "section 3")
}
