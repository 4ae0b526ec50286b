public import LatentCore
import LatentNN
import Torch

/// The prior of categorical variables.
public enum CategoricalPriorKind: String, Sendable, CaseIterable, ConfigValue {
  /// Every class as probable as another.
  case uniform
  /// Logits that are trained with the model.
  case learned
}

/// The settings of a relaxed categorical code, shared by the recipes that have one.
public struct RelaxationSettings: Sendable {
  /// τ₀.
  public let temperature = ConfigKey(
    "temperature", default: 1.0, in: .between(1e-3, 1e3), "Temperature of the relaxation at first.")
  /// τ_min.
  public let lowest = ConfigKey(
    "temperature-min", default: 0.5, in: .between(1e-3, 1e3), "Temperature that it falls to.")
  /// r.
  public let rate = ConfigKey(
    "anneal-rate", default: 1e-4, in: .between(0, 1), unit: "1/step",
    "Rate of the temperature's exponential fall.")
  /// n.
  public let interval = ConfigKey(
    "anneal-every", default: 500, in: .between(1, 1_000_000), unit: "steps",
    "Steps between two temperatures.")

  /// The settings.
  public init() {}

  /// All keys.
  public var schema: ConfigSchema { ConfigSchema(temperature, lowest, rate, interval) }

  /// The configured course; one that starts below its end stays where it starts.
  public func schedule(_ config: Config) -> TemperatureSchedule {
    TemperatureSchedule(
      start: config[temperature], end: min(config[lowest], config[temperature]),
      rate: config[rate], interval: config[interval])
  }
}

extension AutoencoderRecipe {
  private static let classes = ConfigKey(
    "classes", default: 10, in: .between(2, 4096), "Classes of each categorical variable.")
  private static let estimator = ConfigKey(
    "estimator", default: CategoricalEstimator.gumbelSoftmax,
    "How codes are drawn in training, and so which gradient the encoder gets.")
  private static let prior = ConfigKey(
    "prior", default: CategoricalPriorKind.uniform, "Prior of the categorical variables.")
  private static let relaxation = RelaxationSettings()

  /// `latent train gumbel-vae`: categorical variables by the Gumbel-softmax relaxation.
  ///
  /// `latent` is the number of variables. Held-out terms and scores are true bounds: their codes are
  /// one-hot draws. The other estimators are there to compare with.
  public static let gumbelVAE = AutoencoderRecipe(
    "gumbel-vae",
    "Variational autoencoder with categorical codes, drawn by the Gumbel-softmax relaxation.",
    citations: [
      Citation(
        authors: "Jang, Gu & Poole", title: "Categorical Reparameterization with Gumbel-Softmax",
        year: 2016, arXiv: "1611.01144", place: "sections 2 and 4.2"),
      Citation(
        authors: "Maddison, Mnih & Teh",
        title: "The Concrete Distribution: A Continuous Relaxation of Discrete Random Variables",
        year: 2016, arXiv: "1611.00712", place: "section 3"),
    ],
    settings: ConfigSchema(classes, estimator, prior, ELBO.betaKey) + relaxation.schema,
    bottleneck: { config, features, size, generator in
      RelaxedCategoricalBottleneck(
        features: features, variables: size, classes: config[classes],
        schedule: relaxation.schedule(config), estimator: config[estimator],
        learnsPrior: config[prior] == .learned, using: generator)
    }
  ) { config, network, generator in
    guard config[estimator] == .scoreFunction else {
      return CategoricalMethod(network, objective: ELBO(beta: config[ELBO.betaKey]))
    }
    guard let decoder = network.decoder as? NetworkDecoder, decoder.unit == .nats else {
      throw RecipeError(
        "recipe gumbel-vae with estimator=score-function expects a likelihood in nats",
        remedy: "set likelihood=bernoulli or gaussian, or another estimator")
    }
    let elements = decoder.exampleShape.reduce(1, *)
    return CategoricalMethod(
      network,
      objective: ScoreFunctionELBO(
        beta: config[ELBO.betaKey],
        baseline: LikelihoodBaseline(elements: elements, using: generator)))
  }
}
