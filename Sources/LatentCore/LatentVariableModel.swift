public import Distributions
public import Torch

/// A model p(x, z) = p(z) p(x|z) with an approximate posterior q(z|x), whose densities can be evaluated at any code.
///
/// Estimates of the evidence log p(x) tighter than the model's own bound need these: importance sampling draws from q,
/// annealed importance sampling moves along ∇ log p(x, z). Codes of k draws are `[k, n] + codeShape`, densities in nats.
public protocol LatentVariableModel: Decodes, Scores {
  /// The examples as the likelihood sees them, in their shape: binarised where it is Bernoulli; by default as they are.
  func observations(of examples: Tensor, using generator: Generator) -> Tensor
  /// p(z) once for each of `count` examples: batch shape [count], event shape that of a code.
  func prior(count: Int) -> any Distribution
  /// q(z|x) of observations [n, …]: batch shape [n], event shape that of a code.
  func approximatePosterior(of observations: Tensor) -> any Distribution
  /// log p(x, z) for observations [n, …] and codes [k, n] + code shape: [k, n], differentiable in the codes.
  func logJoint(_ observations: Tensor, codes: Tensor) -> Tensor
}

extension LatentVariableModel {
  /// The examples themselves.
  public func observations(of examples: Tensor, using generator: Generator) -> Tensor { examples }
}
