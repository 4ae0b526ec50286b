public import LatentCore
import Torch

extension AutoencoderSettings {
  /// Ten dimensions, and the network that the disentanglement literature shares.
  static let disentangling = AutoencoderSettings(latent: 10, network: .conv)
}

extension AutoencoderRecipe {
  private static let weight = ConfigKey(
    "beta", default: 4.0, in: .between(0, 1e6), "Weight of the rate.")

  /// `latent train beta-vae`: the rate counts β times.
  public static let betaVAE = AutoencoderRecipe(
    "beta-vae", "Variational autoencoder whose rate counts beta times.",
    citations: [
      Citation(
        authors: "Higgins et al.",
        title:
          "beta-VAE: Learning Basic Visual Concepts with a Constrained Variational Framework",
        year: 2017, place: "eq. 4"),
      .burgess2018,
    ],
    defaultSteps: 20_000,
    settings: ConfigSchema(weight),
    shared: .disentangling
  ) { config, network, _ in
    VariationalMethod(network, objective: ELBO(beta: config[weight]))
  }
}
