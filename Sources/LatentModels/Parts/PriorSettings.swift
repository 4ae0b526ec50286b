public import Datasets
public import LatentCore
public import Torch

/// What codes are compared with.
public enum PriorKind: String, Sendable, CaseIterable, ConfigValue {
  /// N(0, I), with an exact rate.
  case standard
  /// Gaussians whose weights, means and variances are learned.
  case mixture
  /// Posteriors of learned pseudo-examples.
  case vamp
  /// Noise through a learned autoregressive flow.
  case flow
}

/// The settings of p(z) in recipes with a Gaussian posterior.
///
/// Beside a learned prior the rate is log q(z|x) − log p(z) at the draw and not its closed form.
public enum PriorSettings {
  static let kind = ConfigKey(
    "prior", default: PriorKind.standard,
    "The prior: standard normal, learned Gaussians, pseudo-examples, or a flow.")
  static let components = ConfigKey(
    "prior-components", default: 50, in: .between(1, 100_000),
    "Gaussians of prior=mixture, pseudo-examples of prior=vamp.")
  static let steps = ConfigKey(
    "prior-steps", default: 4, in: .between(1, 1000), "Maps of prior=flow.")

  /// All keys.
  public static let schema = ConfigSchema(kind, components, steps)

  /// The prior that is configured over codes of `size` numbers; nil for the standard one.
  public static func prior(
    _ config: Config, size: Int, data: DatasetSchema, using generator: Generator
  ) -> (any Prior)? {
    switch config[kind] {
    case .standard: nil
    case .mixture:
      GaussianMixturePrior(components: config[components], size: size, using: generator)
    case .vamp:
      VampPrior(
        components: config[components], exampleShape: data.exampleShape, range: data.range,
        using: generator)
    case .flow: FlowPrior(steps: config[steps], size: size, using: generator)
    }
  }
}
