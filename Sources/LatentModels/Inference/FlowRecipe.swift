public import Datasets
public import LatentCore
public import Torch

/// `latent train flow`: density estimation by a normalizing flow.
public struct FlowRecipe: Recipe {
  private static let flow = FlowSettings.kind(.spline)
  private static let steps = FlowSettings.steps(4)
  private static let hidden = FlowSettings.hidden([64, 64])
  private static let levels = ConfigKey(
    "levels", default: 256, in: .between(2, 65536),
    "Grey levels of pictures: they get uniform noise of one level.")

  /// The recipe.
  public init() {}

  /// `flow`.
  public var name: String { "flow" }
  /// What it trains.
  public var summary: String {
    "Density of vectors by a normalizing flow, with exact likelihood and samples."
  }
  /// The sources.
  public var citations: [Citation] {
    [
      Citation(
        authors: "Papamakarios et al.",
        title: "Normalizing Flows for Probabilistic Modeling and Inference", year: 2019,
        arXiv: "1912.02762", place: "section 3"),
      Citation(
        authors: "Papamakarios, Pavlakou & Murray",
        title: "Masked Autoregressive Flow for Density Estimation", year: 2017,
        arXiv: "1705.07057", place: "section 3"),
    ] + AutoencoderRecipe.flowVAE.citations
  }
  /// Kind, number and size of the maps, and the noise of pictures.
  public var settings: ConfigSchema {
    ConfigSchema(Self.flow, Self.steps, Self.hidden, Self.levels)
  }
  /// Three thousand.
  public var defaultSteps: Int { 3000 }

  /// A fresh density; throws `RecipeError` for tokens and counts, which have none, and for vectors of one
  /// number where a coupling layer has nothing to couple.
  public func make(
    _ config: Config, data: DatasetSchema, using generator: Generator
  ) throws -> any Method {
    guard data.kind != .tokens, data.kind != .counts else {
      throw RecipeError(
        "recipe flow expects numbers that have a density, found \(data.kind.rawValue)",
        remedy: "train on vectors, series or pictures")
    }
    let kind = config[Self.flow]
    let size = data.exampleShape.reduce(1, *)
    guard size > 1 || (kind != .realnvp && kind != .spline) else {
      throw RecipeError(
        "recipe flow with flow=\(kind.rawValue) expects at least two numbers an example, found one",
        remedy: "set flow=maf or flow=spline-autoregressive")
    }
    let flow = Flow(
      kind, count: config[Self.steps], size: size, hidden: config[Self.hidden], using: generator)
    return FlowDensity(
      flow, exampleShape: data.exampleShape, levels: data.kind.isImage ? config[Self.levels] : 0,
      runsBackwards: kind == .planar || kind == .radial)
  }
}
