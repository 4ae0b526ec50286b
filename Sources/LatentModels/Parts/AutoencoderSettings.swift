public import Datasets
public import LatentCore
public import LatentNN
public import Torch

/// Which layers encoder and decoder are made of.
public enum NetworkKind: String, Sendable, CaseIterable, ConfigValue {
  /// Dense layers of `hidden` units, for any data.
  case dense
  /// Convolutions that halve the picture down to four pixels a side.
  case conv
}

/// Which distribution the decoder's output is the parameter of.
public enum LikelihoodKind: String, Sendable, CaseIterable, ConfigValue {
  /// Ones and zeros, after `binarise`.
  case bernoulli
  /// Numbers of 0 … 1 by the continuous Bernoulli density.
  case continuousBernoulli = "continuous-bernoulli"
  /// Real numbers with the standard deviation `sigma`.
  case gaussian
  /// Squared error, which is no likelihood.
  case squaredError = "squared-error"
}

/// The settings that all recipes of autoencoders share, and the networks that they describe.
///
/// Each recipe has its own defaults; the names are the same everywhere.
public struct AutoencoderSettings: Sendable {
  /// Dimensions of the code.
  public let latent: ConfigKey<Int>
  /// Dense or convolutional.
  public let network: ConfigKey<NetworkKind>
  /// Units of each dense hidden layer.
  public let hidden: ConfigKey<[Int]>
  /// The decoder's distribution.
  public let likelihood: ConfigKey<LikelihoodKind>
  /// Of the Gaussian likelihood.
  public let sigma: ConfigKey<Double>
  /// Before the Bernoulli likelihood.
  public let binarise: ConfigKey<Binarisation>

  /// Settings with these defaults.
  public init(
    latent: Int = 20, network: NetworkKind = .dense, hidden: [Int] = [400],
    likelihood: LikelihoodKind = .bernoulli, sigma: Double = 1, binarise: Binarisation = .dynamic
  ) {
    self.latent = ConfigKey(
      "latent", default: latent, in: .between(1, 4096), "Dimensions of the code.")
    self.network = ConfigKey(
      "network", default: network, "Dense layers, or convolutions for pictures.")
    self.hidden = ConfigKey(
      "hidden", default: hidden, each: .between(1, 65536),
      "Units of each dense hidden layer of the encoder; the decoder mirrors them.")
    self.likelihood = ConfigKey(
      "likelihood", default: likelihood, "What the decoder's output is the parameter of.")
    self.sigma = ConfigKey(
      "sigma", default: sigma, in: .between(1e-6, 1e6),
      "Standard deviation of the Gaussian likelihood, in the data's scale.")
    self.binarise = ConfigKey(
      "binarise", default: binarise,
      "How grey values become binary: anew each time, by a threshold, or not at all.")
  }

  /// All keys.
  public var schema: ConfigSchema {
    ConfigSchema(latent, network, hidden, likelihood, sigma, binarise)
  }

  /// The likelihood that is configured.
  public func likelihood(_ config: Config) -> any Likelihood {
    switch config[likelihood] {
    case .bernoulli: BernoulliLikelihood(binarisation: config[binarise])
    case .continuousBernoulli: ContinuousBernoulliLikelihood()
    case .gaussian: GaussianLikelihood(standardDeviation: config[sigma])
    case .squaredError: SquaredErrorCost(isBounded: false)
    }
  }

  /// Encoder, bottleneck and decoder for these data, their weights drawn in this order.
  ///
  /// `bottleneck` makes what stands behind this number of features. Throws `RecipeError` for data
  /// that the likelihood or the network cannot take; `recipe` is the name it gives.
  public func autoencoder(
    _ config: Config, data: DatasetSchema, recipe: String, using generator: Generator,
    bottleneck: (_ features: Int, _ size: Int) -> any Bottleneck
  ) throws -> Autoencoder {
    let likelihood = likelihood(config)
    try check(data, config, recipe: recipe)
    let size = config[latent]
    let outputs = likelihood.parametersPerElement
    let shape = data.exampleShape
    let encoder: Sequential
    let middle: any Bottleneck
    let network: Sequential
    switch config[self.network] {
    case .dense:
      let hidden = config[hidden]
      let elements = shape.reduce(1, *)
      encoder = denseEncoder(elements, hidden: hidden, using: generator)
      middle = bottleneck(hidden.last ?? elements, size)
      network = denseDecoder(
        middle.codeShape.reduce(1, *), hidden: hidden.reversed(), outputs: elements * outputs,
        using: generator)
    case .conv:
      guard let plan = ConvolutionalPlan(exampleShape: shape) else {
        throw RecipeError(
          "recipe \(recipe) with network=conv expects pictures of even sides above 4, found "
            + "\(data.kind.rawValue) of shape \(shape)",
          remedy: "set network=dense, or crop or pad the pictures")
      }
      encoder = plan.encoder(using: generator)
      middle = bottleneck(plan.hidden, size)
      network = plan.decoder(
        from: middle.codeShape.reduce(1, *), outputs: plan.channels * outputs, using: generator)
    }
    // Codes that are grids, such as one-hot rows, enter as one row of numbers.
    let rank = middle.codeShape.count
    let decoder = NetworkDecoder(
      rank == 1 ? network : Sequential([Flatten()] + network.layers), likelihood: likelihood,
      exampleShape: shape, codeRank: rank)
    return Autoencoder(encoder: encoder, bottleneck: middle, decoder: decoder)
  }

  /// Throws `RecipeError` unless the configured likelihood can take these data.
  func check(_ data: DatasetSchema, _ config: Config, recipe: String) throws {
    let kind = config[likelihood]
    guard kind == .bernoulli || kind == .continuousBernoulli else { return }
    if let range = data.range, range.lowerBound >= 0, range.upperBound <= 1 { return }
    let values =
      data.range.map { "values from \($0.lowerBound) to \($0.upperBound)" }
      ?? "values of no known range"
    throw RecipeError(
      "recipe \(recipe) expects values from 0 to 1, found \(data.kind.rawValue) of shape "
        + "\(data.exampleShape) with \(values)",
      remedy: "train on images, scale the values to 0 … 1 first, or set likelihood=gaussian")
  }
}
