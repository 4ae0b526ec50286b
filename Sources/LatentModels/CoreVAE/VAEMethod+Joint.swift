public import Distributions
public import LatentCore
public import Torch

extension VAEMethod: LatentVariableModel {
  /// The examples after binarisation, flat, [n, pixels].
  public func observations(of examples: Tensor, using generator: Generator) -> Tensor {
    binarisation(examples, using: generator).flattened(from: 1)
  }

  /// The standard normal law of codes.
  public func prior(count: Int) -> any Distribution {
    StandardNormal([count] + codeShape).independent()
  }

  /// The encoder's diagonal normal law.
  public func approximatePosterior(of observations: Tensor) -> any Distribution {
    network.posterior(of: observations).independent()
  }

  /// log N(z; 0, I) + log p(x|z) by the Bernoulli likelihood.
  public func logJoint(_ observations: Tensor, codes: Tensor) -> Tensor {
    let logits = network.logits(of: codes)
    let likelihood = -binaryCrossEntropy(
      logits: logits, targets: observations.expanded(logits.shape), reduction: .none
    ).sum(dim: -1)
    return likelihood + StandardNormal(codes.shape).logProbability(codes).sum(dim: -1)
  }
}
