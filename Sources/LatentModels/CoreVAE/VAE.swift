public import LatentCore
public import LatentNN
public import Torch

/// Encoder q(z|x), standard normal prior p(z) and Bernoulli decoder p(x|z), all of dense layers.
///
/// The network of Kingma & Welling for digits by default: 400 hidden units, 20 code dimensions.
/// **Shapes**: examples `[B] + exampleShape` with elements in 0 … 1, codes `[B, latent]`.
/// **Source**: Kingma & Welling 2013, arXiv 1312.6114, section 3 and appendix C.
public func denseVAE(
  exampleShape: [Int], hidden: [Int] = [400], latent: Int = 20,
  likelihood: any Likelihood = BernoulliLikelihood(), activation: Activation = .relu,
  using generator: Generator
) -> Autoencoder {
  let elements = exampleShape.reduce(1, *)
  let encoder = denseEncoder(
    elements, hidden: hidden, activation: activation, using: generator)
  let bottleneck = GaussianBottleneck(
    features: hidden.last ?? elements, size: latent, using: generator)
  let decoder = denseDecoder(
    latent, hidden: hidden.reversed(), outputs: elements * likelihood.parametersPerElement,
    activation: activation, using: generator)
  return Autoencoder(
    encoder: encoder, bottleneck: bottleneck,
    decoder: NetworkDecoder(decoder, likelihood: likelihood, exampleShape: exampleShape))
}

extension AutoencoderRecipe {

  /// `latent train vae`: Gaussian posterior, trained by the evidence lower bound.
  public static let vae = AutoencoderRecipe(
    "vae", "Variational autoencoder with a Gaussian code, trained by its evidence lower bound.",
    citations: [
      Citation(
        authors: "Kingma & Welling", title: "Auto-Encoding Variational Bayes", year: 2013,
        arXiv: "1312.6114", place: "eq. 10, appendix C")
    ],
    settings: ConfigSchema(ELBO.betaKey), latent: .gaussian
  ) { config, network, _ in
    VariationalMethod(network, objective: ELBO(beta: config[ELBO.betaKey]))
  }
}
