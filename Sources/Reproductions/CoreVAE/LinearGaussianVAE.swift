import Distributions
import LatentCore
import LatentNN
import Torch

/// A variational autoencoder whose every map is affine, so that its best bound is the evidence.
///
/// Encoder q(z|x) = N(A x + a, diag exp(B x + b)), decoder p(x|z) = N(W z + μ, σ² I), all learnt, in
/// float64. A diagonal posterior loses nothing: at the optimum W has orthogonal columns. **Source**: Lucas, Tucker,
/// Grosse and Norouzi 2019, arXiv 1911.02469, section 4.
final class LinearGaussianVAE: Module {
  let bottleneck: GaussianBottleneck
  let decoder: Linear
  let logVariance: Parameter

  /// A model of `d` numbers with `k` code dimensions.
  init(d: Int, k: Int, using generator: Generator) {
    bottleneck = GaussianBottleneck(features: d, size: k, using: generator)
    decoder = Linear(k, d, using: generator)
    logVariance = Parameter(Tensor.zeros([]))
    super.init()
    to(.float64)
  }

  /// The decoder's law, through which gradients flow.
  var law: LinearGaussian {
    LinearGaussian(
      weight: decoder.weight.value, offset: decoder.bias?.value ?? Tensor(0),
      noiseVariance: exp(logVariance.value))
  }

  /// log p(x|z) of each row, `[n]`.
  func logLikelihood(_ examples: Tensor, codes: Tensor) -> Tensor {
    Normal(mean: decoder(codes), logVariance: logVariance.value).logProbability(examples)
      .sum(dim: -1)
  }

  /// KL(q ‖ p(z)) of each row, `[n]`.
  func rate(_ posterior: Normal) -> Tensor {
    posterior.klDivergence(to: StandardNormal(posterior.batchShape, dtype: .float64)).sum(dim: -1)
  }
}

/// An unbiased estimate of the gradient of the bound in the encoder's parameters.
enum GradientEstimator: CaseIterable {
  /// Through the sample z = m + s ε (equation 7 of the paper; the rate in closed form).
  case reparameterised
  /// log p(x|z) ∇ log q(z|x), the naive estimator of section 2.2.
  case scoreFunction
  /// The same with E log p(x|z), known here, taken from log p(x|z).
  case scoreFunctionWithBaseline

  /// An estimate of −ELBO, mean over the batch, from one draw of the code an example.
  func loss(_ model: LinearGaussianVAE, _ examples: Tensor, using generator: Generator) -> Tensor {
    let posterior = model.bottleneck(examples)
    let drawn = posterior.sample([], using: generator)
    let rate = model.rate(posterior)
    if self == .reparameterised {
      return (rate - model.logLikelihood(examples, codes: drawn)).mean()
    }
    let codes = drawn.detached()
    let likelihood = scoreFunctionEstimate(
      of: model.logLikelihood(examples, codes: codes),
      logProbability: posterior.logProbability(codes).sum(dim: -1),
      baseline: self == .scoreFunction
        ? nil : model.law.expectedLogLikelihood(examples, codes: posterior))
    return (rate - likelihood).mean()
  }
}
