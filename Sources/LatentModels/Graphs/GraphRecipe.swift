public import Datasets
public import LatentCore
public import Torch

/// `latent train vgae` and `gae`: codes of nodes from which the edges of a graph are told.
public struct GraphRecipe: Recipe {
  private static let latent = ConfigKey(
    "latent", default: 16, in: .between(1, 4096), "Dimensions of a node's code.")
  private static let hidden = ConfigKey(
    "hidden", default: [32], each: .between(1, 65536), "Units of each hidden graph convolution.")
  private static let features = ConfigKey(
    "features", default: true, "Whether the nodes' features are read, if they have some.")
  private static let balanced = ConfigKey(
    "balanced", default: true, "Whether edges weigh as much as all other pairs.")
  private static let dropout = ConfigKey(
    "dropout", default: 0.0, in: .from(0, below: 1), "Share of inputs of a layer that are dropped.")
  private static let beta = ConfigKey(
    "beta", default: 1.0, in: .between(0, 1e6), "Weight of the rate; 1 is the bound.")

  private let isVariational: Bool

  /// The variational one, or the one without noise.
  public init(isVariational: Bool = true) {
    self.isVariational = isVariational
  }

  /// `vgae` or `gae`.
  public var name: String { isVariational ? "vgae" : "gae" }
  /// What it trains.
  public var summary: String {
    isVariational
      ? "Variational graph autoencoder: edges from inner products of nodes' codes."
      : "Graph autoencoder: the same without noise and prior."
  }
  /// The sources.
  public var citations: [Citation] {
    [
      Citation(
        authors: "Kipf & Welling", title: "Variational Graph Auto-Encoders", year: 2016,
        arXiv: "1611.07308", place: "section 1"),
      Citation(
        authors: "Kipf & Welling",
        title: "Semi-Supervised Classification with Graph Convolutional Networks", year: 2016,
        arXiv: "1609.02907", place: "equation 2"),
    ]
  }
  /// All of its keys.
  public var settings: ConfigSchema {
    let shared = ConfigSchema(
      Self.latent, Self.hidden, Self.features, Self.balanced, Self.dropout)
    return isVariational ? shared + ConfigSchema(Self.beta) : shared
  }
  /// Two hundred, each on the whole graph.
  public var defaultSteps: Int { 200 }

  /// The whole graph as one example, with 5 % of the edges hidden to choose and 10 % to judge by.
  public func form(_ splits: DatasetSplits) throws -> DatasetSplits { try splits.links() }

  /// A fresh method; throws `RecipeError` for data that are no graph.
  public func make(
    _ config: Config, data: DatasetSchema, using generator: Generator
  ) throws -> any Method {
    guard data.kind == .graph, data.exampleShape.count == 2 else {
      throw RecipeError(
        "recipe \(name) expects a graph, found \(data.kind.rawValue) of shape \(data.exampleShape)",
        remedy: "use cora, sbm, or a folder with edges.csv and, if nodes have some, features.csv")
    }
    let (nodes, width) = (data.exampleShape[0], data.exampleShape[1] - data.exampleShape[0])
    let usesFeatures = config[Self.features] && width > 0
    let encoder = GraphEncoder(
      inputs: usesFeatures ? width : nodes, hidden: config[Self.hidden], size: config[Self.latent],
      isVariational: isVariational, dropout: config[Self.dropout], using: generator)
    return GraphAutoencoder(
      encoder, nodeCount: nodes, usesFeatures: usesFeatures,
      beta: isVariational ? config[Self.beta] : 1, isBalanced: config[Self.balanced])
  }
}
