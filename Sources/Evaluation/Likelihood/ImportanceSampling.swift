public import Distributions
public import LatentCore
import LatentNN
public import Torch

/// The importance-weighted estimate of log p(x) of each example with `k` draws from the model's posterior.
///
/// The name is `IWAE-k`, for k = 1 `ELBO`. Draws are taken in blocks of at most `block` codes, so that memory does not grow with
/// k. **Shapes**: examples `[n, …]`. **Randomness**: one binarisation and k · n codes of `generator`. Stops for k < 1. Source: Burda,
/// Grosse and Salakhutdinov 2016, arXiv 1509.00519, equation 8.
public func importanceWeightedEvidence(
  of model: any LatentVariableModel, _ examples: Tensor, k: Int, using generator: Generator,
  block: Int = 8192
) -> EvidenceEstimate {
  precondition(k >= 1, "importanceWeightedEvidence: expected k of at least 1, found \(k)")
  let weights = withoutGradients { () -> Tensor in
    let observations = model.observations(of: examples, using: generator)
    let posterior = model.approximatePosterior(of: observations)
    return logImportanceWeights(
      k: k, count: examples.size(0), proposal: posterior, using: generator, block: block
    ) { model.logJoint(observations, codes: $0) }
  }
  return EvidenceEstimate(name: k == 1 ? "ELBO" : "IWAE-\(k)", logWeights: weights)
}

/// log p(x, z) − log q(z) for `k` draws z of a proposal of batch shape `[count]`: `[k, count]`, in nats, float64.
///
/// `logJoint` maps codes `[m, count, …]` to `[m, count]`.
public func logImportanceWeights(
  k: Int, count: Int, proposal: any Distribution, using generator: Generator, block: Int = 8192,
  logJoint: (Tensor) -> Tensor
) -> Tensor {
  withoutGradients {
    let step = Swift.max(1, block / Swift.max(count, 1))
    let parts = stride(from: 0, to: k, by: step).map { start in
      let size = Swift.min(step, k - start)
      let (codes, logProposal) = proposal.sampleWithLogProbability([size], using: generator)
      return (logJoint(codes) - logProposal).to(.float64)
    }
    return concatenated(parts)
  }
}

/// The evidence lower bound of each example, the mean of `k` log-weights with their standard error s/√k, in nats.
///
/// `ELBO` with k draws is as loose as with one, only less noisy. Stops for k < 2.
public func evidenceLowerBoundEstimate(logWeights: Tensor) -> (values: [Double], errors: [Double]) {
  let weights = logWeights.to(.float64)
  precondition(weights.size(0) >= 2, "evidenceLowerBoundEstimate: expected two draws or more")
  let errors = weights.standardDeviation(dims: [0]) / Double(weights.size(0)).squareRoot()
  return (weights.mean(dim: 0).scalars(as: Double.self), errors.scalars(as: Double.self))
}
