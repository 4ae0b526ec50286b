public import Distributions
import LatentNN
public import Torch

/// The joint density of an autoencoder with a Gaussian bottleneck, for estimates of its evidence.
public struct GaussianLatentModel: LatentVariableModel {
  private let autoencoder: Autoencoder
  private let bottleneck: GaussianBottleneck

  /// That of an autoencoder, or nil if its bottleneck is no `GaussianBottleneck` or its decoder measures no nats.
  public init?(_ autoencoder: Autoencoder) {
    guard let bottleneck = autoencoder.bottleneck as? GaussianBottleneck,
      autoencoder.decoder.unit == .nats
    else { return nil }
    self.autoencoder = autoencoder
    self.bottleneck = bottleneck
  }

  /// The decoder's targets.
  public func observations(of examples: Tensor, using generator: Generator) -> Tensor {
    autoencoder.decoder.targets(examples, using: generator)
  }

  /// The bottleneck's prior, or the standard normal law.
  public func prior(count: Int) -> any Distribution {
    bottleneck.prior?.distribution { bottleneck(autoencoder.encoder($0)) }
      ?? StandardNormal([count, bottleneck.size], dtype: bottleneck.moments.weight.value.dtype)
      .independent()
  }

  /// The encoder's diagonal normal law.
  public func approximatePosterior(of observations: Tensor) -> any Distribution {
    bottleneck(autoencoder.encoder(observations)).independent()
  }

  /// log p(z) + log p(x|z).
  public func logJoint(_ observations: Tensor, codes: Tensor) -> Tensor {
    prior(count: codes.size(1)).logProbability(codes)
      + autoencoder.decoder.logLikelihood(observations, codes: codes)
  }
}

extension VariationalMethod {
  /// The joint density that annealed importance sampling needs; nil where the code is not Gaussian.
  public var latentModel: (any LatentVariableModel)? { GaussianLatentModel(autoencoder) }
}
