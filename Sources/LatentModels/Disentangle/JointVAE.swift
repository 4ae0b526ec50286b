public import LatentCore
public import LatentNN
public import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A Gaussian channel beside categorical ones, drawn by relaxation: rates `rate` and `rate-discrete`.
///
/// **Shapes**: features `[B, features]` → codes `[B, size + Σ categories]`, the Gaussian part first.
/// **Source**: Dupont 2018, arXiv 1804.00104, section 3.
public func jointBottleneck(
  features: Int, size: Int, categories: [Int], temperature: Double = 0.67,
  using generator: Generator
) -> ProductBottleneck {
  let gaussian = GaussianBottleneck(features: features, size: size, using: generator)
  let discrete = categories.map { classes in
    RelaxedCategoricalBottleneck(
      features: features, variables: 1, classes: classes,
      schedule: TemperatureSchedule(start: temperature), using: generator)
  }
  return ProductBottleneck([(nil, gaussian)] + discrete.map { ("discrete", $0) })
}

/// −E log p(x|z, c) + γ_z |KL_z − C_z| + γ_c |KL_c − C_c|, each capacity rising on its own.
///
/// **Source**: Dupont 2018, arXiv 1804.00104, eq. 7. Both rise as steep as if they came to their end over `steps`; the
/// discrete one stops at Σ log K, what the categories can hold, and so is full before the continuous one.
public func jointObjective(
  continuous: (gamma: Double, capacity: Double), discrete: (gamma: Double, capacity: Double),
  categories: [Int], steps: Int
) -> any Objective {
  let most = categories.reduce(0) { $0 + log(Double($1)) }
  let kept = min(discrete.capacity, most)
  let share = discrete.capacity > 0 ? kept / discrete.capacity : 1
  return WatchedBound() + Distortion()
    + CapacityRate(gamma: continuous.gamma, to: continuous.capacity, steps: steps)
    + CapacityRate(
      gamma: discrete.gamma, to: kept, steps: Int((Double(steps) * share).rounded()),
      channel: "rate-discrete")
}

extension AutoencoderRecipe {
  private static let categories = ConfigKey(
    "categories", default: [10], each: .between(2, 10_000), "Classes of each categorical variable.")
  private static let temperature = ConfigKey(
    "temperature", default: 0.67, in: .above(0, upTo: 100), "Temperature of the relaxed draws.")
  private static let gamma = ConfigKey(
    "gamma", default: 30.0, in: .between(0, 1e9),
    "Weight of the Gaussian rate's distance to its target.")
  private static let discreteGamma = ConfigKey(
    "gamma-discrete", default: 30.0, in: .between(0, 1e9),
    "Weight of the categorical rate's distance to its target.")
  private static let capacity = ConfigKey(
    "capacity", default: 5.0, in: .between(0, 1e6), unit: "nat",
    "Target of the Gaussian rate in the end.")
  private static let discreteCapacity = ConfigKey(
    "capacity-discrete", default: 5.0, in: .between(0, 1e6), unit: "nat",
    "Target of the categorical rate in the end, at most what the categories can hold.")
  private static let over = ConfigKey(
    "capacity-steps", default: 25_000, in: .atLeast(0), unit: "steps",
    "Steps over which both targets rise.")

  /// `latent train joint-vae`: continuous and categorical codes side by side.
  public static let jointVAE = AutoencoderRecipe(
    "joint-vae",
    "Variational autoencoder with Gaussian and categorical codes, each with a capacity.",
    citations: [
      Citation(
        authors: "Dupont",
        title: "Learning Disentangled Joint Continuous and Discrete Representations", year: 2018,
        arXiv: "1804.00104", place: "eq. 7, section 3")
    ],
    defaultSteps: 30_000,
    settings: ConfigSchema(
      categories, temperature, gamma, discreteGamma, capacity, discreteCapacity, over),
    shared: .disentangling,
    bottleneck: { config, features, size, generator in
      jointBottleneck(
        features: features, size: size, categories: config[categories],
        temperature: config[temperature], using: generator)
    }
  ) { config, network, _ in
    CategoricalMethod(
      network,
      objective: jointObjective(
        continuous: (config[gamma], config[capacity]),
        discrete: (config[discreteGamma], config[discreteCapacity]),
        categories: config[categories], steps: config[over]))
  }
}
