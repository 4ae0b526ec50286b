import Distributions
public import LatentCore
public import Torch

extension VAEMethod: Infers, HasPrior {
  /// Draws from q(z|x) = N(μ(x), diag σ²(x)).
  public func drawCodes(of examples: Tensor, using generator: Generator) -> Tensor {
    network.posterior(of: examples).sample([], using: generator)
  }

  /// ½ (μ² + σ² − log σ² − 1) of each dimension.
  public func ratePerDimension(of examples: Tensor) -> Tensor {
    let posterior = network.posterior(of: examples)
    return posterior.klDivergence(to: StandardNormal(posterior.batchShape))
  }

  /// 0 and 1: the prior is N(0, I).
  public var priorMoments: (mean: Tensor, standardDeviation: Tensor) {
    (Tensor.zeros(network.codeShape), Tensor.ones(network.codeShape))
  }
}
