public import Datasets
public import LatentCore
public import Torch

/// Which denoiser there is.
public enum DenoiserKind: String, Sendable, CaseIterable, ConfigValue {
  /// A U-Net for pictures with even sides, dense layers for everything else.
  case auto
  /// Dense layers.
  case dense
  /// A U-Net.
  case unet
}

/// How samples are drawn.
public enum DiffusionSamplerKind: String, Sendable, CaseIterable, ConfigValue {
  /// Implicit sampling with `eta`.
  case ddim
  /// Ancestral sampling.
  case ddpm
}

/// `latent train diffusion`: a diffusion model of pictures, vectors or series.
public struct DiffusionRecipe: Recipe {
  private static let keys = DiffusionKeys()

  /// The recipe.
  public init() {}

  /// `diffusion`.
  public var name: String { "diffusion" }
  /// What it trains.
  public var summary: String {
    "Diffusion model: noise is added step by step and a network learns to take it away."
  }
  /// The sources.
  public var citations: [Citation] {
    [
      Citation(
        authors: "Luo", title: "Understanding Diffusion Models: A Unified Perspective", year: 2022,
        arXiv: "2208.11970", place: "eq. 58, 99, 130 and 148"),
      Citation(
        authors: "Ho, Jain & Abbeel", title: "Denoising Diffusion Probabilistic Models", year: 2020,
        arXiv: "2006.11239", place: "algorithms 1 and 2"),
      Citation(
        authors: "Kingma, Salimans, Poole & Ho", title: "Variational Diffusion Models", year: 2021,
        arXiv: "2107.00630", place: "sections 3 and 4"),
      Citation(
        authors: "Song, Meng & Ermon", title: "Denoising Diffusion Implicit Models", year: 2020,
        arXiv: "2010.02502", place: "eq. 12"),
      Citation(
        authors: "Ho & Salimans", title: "Classifier-Free Diffusion Guidance", year: 2022,
        arXiv: "2207.12598", place: "algorithms 1 and 2"),
      Citation(
        authors: "Nichol & Dhariwal", title: "Improved Denoising Diffusion Probabilistic Models",
        year: 2021, arXiv: "2102.09672", place: "eq. 17"),
    ]
  }
  /// Schedule, target, objective, network and sampling.
  public var settings: ConfigSchema { Self.keys.schema }
  /// Ten thousand.
  public var defaultSteps: Int { 10_000 }

  /// A fresh method; throws `RecipeError` for tokens and counts, for a U-Net without pictures, for labels that are not
  /// there, and for a learned schedule under another objective than the bound.
  public func make(
    _ config: Config, data: DatasetSchema, using generator: Generator
  ) throws -> any Method {
    let keys = Self.keys
    guard data.kind != .tokens, data.kind != .counts else {
      throw RecipeError(
        "recipe diffusion expects numbers that noise can be added to, found \(data.kind.rawValue)",
        remedy: "train on pictures, vectors or series")
    }
    guard config[keys.cleanest] > config[keys.noisiest] else {
      throw RecipeError(
        "recipe diffusion expects log-snr-max above log-snr-min, found \(config[keys.cleanest]) and "
          + "\(config[keys.noisiest])", remedy: "set log-snr-max=13.3 log-snr-min=-10")
    }
    guard config[keys.steps] != 1 else {
      throw RecipeError(
        "recipe diffusion expects steps=0 or two steps and more, found 1",
        remedy: "set steps=0 for continuous time, or steps=1000")
    }
    guard config[keys.schedule] != .learned || config[keys.objective] == .elbo else {
      throw RecipeError(
        "recipe diffusion learns a schedule by the bound alone, found objective="
          + config[keys.objective].rawValue,
        remedy: "set objective=elbo, or schedule=cosine")
    }
    let isPicture = data.kind.isImage && data.range == 0...1
    var classes: Int?
    if config[keys.labels] {
      guard let names = data.classNames, names.count > 1 else {
        throw RecipeError(
          "recipe diffusion with labels=true expects examples with labels, found "
            + "\(data.kind.rawValue) of shape \(data.exampleShape) without",
          remedy: "set labels=false, or train on data with classes")
      }
      classes = names.count
    }
    let network = DiffusionModel(
      try keys.denoiser(config, data: data, classes: classes, using: generator),
      schedule: keys.schedule(config, using: generator), target: config[keys.target],
      exampleShape: data.exampleShape, scale: isPicture ? .unitRange : .standardised,
      classes: classes)
    let use = keys.use(config, isPicture: isPicture)
    guard classes != nil, let names = data.classNames else {
      return Diffusion(network, settings: use)
    }
    return ConditionalDiffusion(network, settings: use, conditionNames: names)
  }
}
