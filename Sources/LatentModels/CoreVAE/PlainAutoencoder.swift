public import LatentCore

extension AutoencoderRecipe {
  /// `latent train autoencoder`: encoder and decoder alone, without noise or prior.
  public static let autoencoder = AutoencoderRecipe(
    "autoencoder", "Plain autoencoder: a narrow code without noise or prior.",
    citations: [
      Citation(
        authors: "Hinton & Salakhutdinov",
        title: "Reducing the Dimensionality of Data with Neural Networks", year: 2006,
        doi: "10.1126/science.1127647", venue: "Science 313")
    ],
    shared: AutoencoderSettings(likelihood: .squaredError),
    bottleneck: { _, features, size, generator in
      DeterministicBottleneck(features: features, size: size, using: generator)
    }
  ) { _, network, _ in ReconstructiveMethod(reconstructing: network) }
}

extension ReconstructiveMethod {
  /// An autoencoder trained for its distortion alone, and chosen by it.
  public convenience init(reconstructing network: Autoencoder) {
    self.init(
      network, objective: Distortion(),
      selection: Selection(term: "distortion", isBetterWhenLarger: false))
  }
}
