import LatentCore

/// The settings of a flow, the same in every recipe that has one.
enum FlowSettings {
  static func kind(_ value: FlowKind) -> ConfigKey<FlowKind> {
    ConfigKey("flow", default: value, "The maps of the flow.")
  }
  static func steps(_ value: Int) -> ConfigKey<Int> {
    ConfigKey("flow-steps", default: value, in: .between(1, 1000), "Maps of the flow.")
  }
  static func hidden(_ value: [Int]) -> ConfigKey<[Int]> {
    ConfigKey(
      "flow-hidden", default: value, each: .between(1, 65536),
      "Units of the hidden layers of the maps' networks; planar and radial maps have none.")
  }
}

extension AutoencoderRecipe {
  private static let flow = FlowSettings.kind(.planar)
  private static let steps = FlowSettings.steps(10)
  private static let hidden = FlowSettings.hidden([64])
  private static let isAmortised = ConfigKey(
    "flow-amortised", default: true, "Whether the maps depend on the example.")

  /// `latent train flow-vae`: a Gaussian posterior sent through a normalizing flow.
  public static let flowVAE = AutoencoderRecipe(
    "flow-vae", "Variational autoencoder whose posterior is a normalizing flow.",
    citations: [
      Citation(
        authors: "Rezende & Mohamed", title: "Variational Inference with Normalizing Flows",
        year: 2015, arXiv: "1505.05770", place: "eq. 15, section 6"),
      Citation(
        authors: "Kingma et al.",
        title: "Improving Variational Inference with Inverse Autoregressive Flow", year: 2016,
        arXiv: "1606.04934", place: "algorithm 1"),
      Citation(
        authors: "Dinh, Sohl-Dickstein & Bengio", title: "Density Estimation Using Real NVP",
        year: 2016, arXiv: "1605.08803", place: "section 3.2"),
      Citation(
        authors: "Durkan, Bekasov, Murray & Papamakarios", title: "Neural Spline Flows", year: 2019,
        arXiv: "1906.04032", place: "section 3"),
    ],
    settings: ConfigSchema(flow, steps, hidden, isAmortised),
    latent: .around { config, base, features, generator in
      FlowBottleneck(
        base,
        flow: Flow(
          config[flow], count: config[steps], size: base.size, hidden: config[hidden],
          context: config[isAmortised] ? features : 0, using: generator),
        isAmortised: config[isAmortised])
    }
  ) { _, network, _ in
    VariationalMethod(network, objective: ELBO())
  }
}
