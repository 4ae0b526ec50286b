public import Distributions
public import Torch

/// A model p(x, z) = p(z) p(x|z) with an approximate posterior q(z|x), whose densities can be evaluated at any code.
///
/// Estimates of the evidence log p(x) tighter than a model's own bound need these: importance sampling draws from q,
/// annealed importance sampling moves along ∇ log p(x, z). Codes of k draws are `[k, n, d]`, densities in nats. What
/// is drawn to make an observation of an example is drawn once, apart, so that all estimates speak of the same x.
public protocol LatentVariableModel {
  /// The examples as the likelihood sees them: binarised where it is Bernoulli; by default as they are.
  func observations(of examples: Tensor, using generator: Generator) -> Tensor
  /// p(z) of batch shape [] or [count] and event shape [d].
  func prior(count: Int) -> any Distribution
  /// q(z|x) of observations [n, …]: batch shape [n], event shape [d].
  func approximatePosterior(of observations: Tensor) -> any Distribution
  /// log p(x, z) for observations [n, …] and codes [k, n, d]: [k, n], differentiable in the codes.
  func logJoint(_ observations: Tensor, codes: Tensor) -> Tensor
}

extension LatentVariableModel {
  /// The examples themselves.
  public func observations(of examples: Tensor, using generator: Generator) -> Tensor { examples }
}
