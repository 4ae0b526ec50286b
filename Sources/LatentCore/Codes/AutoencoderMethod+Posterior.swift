import Distributions
import LatentNN
public import Torch

extension AutoencoderMethod: Infers, HasPrior {
  /// The bottleneck's posterior, of the examples as they are.
  public func posterior(of examples: Tensor) -> any LatentPosterior {
    autoencoder.posterior(of: examples)
  }

  /// Those of a Gaussian bottleneck: 0 and 1, or what its own prior says.
  public var priorMoments: (mean: Tensor, standardDeviation: Tensor)? {
    guard let bottleneck = autoencoder.bottleneck as? GaussianBottleneck else { return nil }
    guard let prior = bottleneck.prior else {
      return (Tensor.zeros(codeShape), Tensor.ones(codeShape))
    }
    let distribution = prior.distribution { bottleneck(autoencoder.encoder($0)) }
    guard let known = distribution as? any DistributionWithMoments else { return nil }
    return (known.mean, sqrt(known.variance))
  }
}
