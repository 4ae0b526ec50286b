public import Torch

/// The mean of log p(x) − log q(x) over `samples` draws x from p: an unbiased estimate of KL(p‖q)
/// in nats, of the broadcast batch shape.
///
/// Its standard error falls as 1/√samples, and single estimates may be negative. Gradients flow
/// through the draws if p is reparameterised; otherwise the gradient with respect to p's parameters
/// is not that of the divergence. Uses one draw of `generator` as p's `sample` does.
public func monteCarloKLDivergence(
  _ p: any Distribution, _ q: any Distribution, samples: Int, using generator: Generator
) -> Tensor {
  let x = p.sample([samples], using: generator)
  return (p.logProbability(x) - q.logProbability(x)).mean(dim: 0)
}
