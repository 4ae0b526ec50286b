import Distributions
public import LatentCore
public import Torch

/// The negative evidence lower bound of a variational autoencoder, one draw of the code an example:
/// −ELBO = E_q[−log p(x|z)] + β KL(q(z|x) ‖ p(z)), in nats, mean over the batch.
///
/// The first part is `distortion`, the second `rate`, and `elbo` (watched) is −(distortion + rate)
/// whatever β. The rate is exact, the distortion an unbiased estimate. **Randomness**: one draw of
/// standard normal numbers `[B, latent]`. **Source**: Kingma & Welling 2013, arXiv 1312.6114, eq. 10;
/// β: Higgins et al. 2017.
public struct VAEObjective: Sendable {
  /// β, the weight of the rate; 1 is the bound.
  public var beta: Double

  /// The bound, or its β-weighted relative.
  public init(beta: Double = 1) {
    self.beta = beta
  }

  /// The terms for binary examples `[B, …]`, outside of training.
  public func terms(
    _ model: VariationalAutoencoder, _ examples: Tensor, using generator: Generator
  ) -> Terms {
    let count = examples.size(0)
    let step = Step(index: 0, epoch: 0, exampleCount: count, generator: generator)
    return terms(model, examples, step)
  }

  /// The terms for binary examples `[B, …]`, with the step's weight of the rate and free bits.
  public func terms(
    _ model: VariationalAutoencoder, _ examples: Tensor, _ step: Step
  ) -> Terms {
    let count = examples.size(0)
    let posterior = model.posterior(of: examples)
    let codes = posterior.sample([], using: step.generator)
    let likelihood = binaryCrossEntropy(
      logits: model.logits(of: codes), targets: examples.flattened(from: 1), reduction: .sum)
    let distortion = likelihood / count
    let divergences = posterior.klDivergence(to: StandardNormal(posterior.batchShape))
    let rate = divergences.sum() / count
    var terms = Terms()
    terms.watch("elbo", -(distortion.detached() + rate.detached()), unit: .nats)
    terms.minimise("distortion", distortion, unit: .nats)
    terms.minimiseRate(rate, parts: divergences, weight: beta, step)
    return terms
  }
}
