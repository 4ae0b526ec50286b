public import LatentCore

/// Which bound `latent train iwae` trains for, and by which gradient.
public enum ImportanceEstimator: String, Sendable, CaseIterable, ConfigValue {
  /// The bound as it stands.
  case iwae
  /// The same bound, doubly reparameterised gradient in the encoder.
  case dreg
  /// The mean of `bounds` bounds.
  case miwae
  /// The encoder by `miwae`, the decoder by `iwae`.
  case piwae
  /// `elbo-weight` times the ELBO and the rest of the bound.
  case ciwae
}

extension AutoencoderRecipe {
  private static let draws = ConfigKey(
    "draws", default: 5, in: .between(1, 10_000), "Codes an example in the bound, K.")
  private static let estimator = ConfigKey(
    "estimator", default: ImportanceEstimator.iwae,
    "The bound's gradient: plain (iwae), doubly reparameterised (dreg), of a mean of bounds (miwae), "
      + "that for the encoder alone (piwae), mixed with the ELBO (ciwae).")
  private static let bounds = ConfigKey(
    "bounds", default: 1, in: .between(1, 10_000),
    "Bounds that the draws are divided among, for miwae and piwae.")
  private static let elboWeight = ConfigKey(
    "elbo-weight", default: 0.5, in: .between(0, 1), "Share of the ELBO, for ciwae.")

  /// `latent train iwae`: Gaussian posterior, trained by an importance-weighted bound.
  public static let iwae = AutoencoderRecipe(
    "iwae", "Importance-weighted autoencoder: a tighter bound from several draws of the code.",
    citations: [
      Citation(
        authors: "Burda, Grosse & Salakhutdinov", title: "Importance Weighted Autoencoders",
        year: 2015, arXiv: "1509.00519", place: "eq. 8"),
      Citation(
        authors: "Tucker, Lawson, Gu & Maddison",
        title: "Doubly Reparameterized Gradient Estimators for Monte Carlo Objectives", year: 2018,
        arXiv: "1810.04152", place: "eq. 8"),
      Citation(
        authors: "Rainforth et al.", title: "Tighter Variational Bounds are Not Necessarily Better",
        year: 2018, arXiv: "1802.04537", place: "section 5"),
    ],
    settings: ConfigSchema(draws, estimator, bounds, elboWeight), latent: .gaussian
  ) { config, network, _ in
    try VariationalMethod(
      network, objective: objective(config, unit: network.decoder.unit),
      selection: Selection(term: "iwae", isBetterWhenLarger: true))
  }

  private static func objective(_ config: Config, unit: TermUnit) throws -> ImportanceWeighted {
    guard unit == .nats else {
      throw RecipeError(
        "recipe iwae expects a likelihood to weigh draws by, found one measured in \(unit.rawValue)",
        remedy: "set likelihood=bernoulli, continuous-bernoulli or gaussian")
    }
    let (draws, bounds) = (config[draws], config[bounds])
    let estimator = config[estimator]
    let isDivided = estimator == .miwae || estimator == .piwae
    guard isDivided || bounds == 1 else {
      throw RecipeError(
        "recipe iwae expects bounds=1 with estimator=\(estimator.rawValue), found \(bounds)",
        remedy: "set estimator=miwae or estimator=piwae")
    }
    guard draws.isMultiple(of: bounds) else {
      throw RecipeError(
        "recipe iwae expects draws that \(bounds) bounds divide, found \(draws)",
        remedy: "set draws=\((draws / bounds + 1) * bounds)")
    }
    let chosen: ImportanceWeighted.Estimator =
      switch estimator {
      case .iwae: .plain
      case .dreg: .doublyReparameterised
      case .miwae: .multiply(bounds: bounds)
      case .piwae: .partially(bounds: bounds)
      case .ciwae: .combined(elboWeight: config[elboWeight])
      }
    return ImportanceWeighted(draws: draws, estimator: chosen)
  }
}
