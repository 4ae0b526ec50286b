public import LatentNN
public import Torch

/// Encoder, bottleneck and decoder: most latent-variable models are a choice of these three.
///
/// **Shapes**: examples `[B] + exampleShape` → features → codes `[B] + codeShape` → examples.
/// Whoever makes the parts draws their weights, by custom in this order.
public final class Autoencoder: Module {
  /// Examples to features.
  public let encoder: any UnaryLayer
  /// Features to a posterior beside a prior.
  public let bottleneck: any Bottleneck
  /// Codes to a likelihood.
  public let decoder: any CodeDecoder

  /// A model of three parts.
  public init(encoder: any UnaryLayer, bottleneck: any Bottleneck, decoder: any CodeDecoder) {
    self.encoder = encoder
    self.bottleneck = bottleneck
    self.decoder = decoder
  }

  /// The shape of the code of one example.
  public var codeShape: [Int] { bottleneck.codeShape }

  /// q(z|x) of each example beside p(z).
  public func posterior(of examples: Tensor) -> any LatentPosterior {
    bottleneck.posterior(encoder(examples)) { encoder($0) }
  }

  /// `count` codes from p(z).
  public func samplePrior(_ count: Int, using generator: Generator) -> Tensor {
    bottleneck.samplePrior(count, encode: { encoder($0) }, using: generator)
  }

  /// log p(x, z) − log q(z|x) in nats for `count` draws of z an example, `[count, B]`, the targets
  /// already what the likelihood sees.
  ///
  /// **Fails** (stops) if the posterior has no density.
  public func logWeights(
    _ targets: Tensor, draws count: Int, stoppingDensity: Bool = false,
    using generator: Generator
  ) -> (values: Tensor, codes: Tensor) {
    let draws = weighablePosterior(of: targets)
      .draws(count, stoppingDensity: stoppingDensity, using: generator)
    return (decoder.logLikelihood(targets, codes: draws.codes) + draws.logRatio, draws.codes)
  }

  /// q(z|x) of each example, whose draws can be weighed; **fails** (stops) if it has no density.
  public func weighablePosterior(of examples: Tensor) -> any WeighablePosterior {
    guard let posterior = posterior(of: examples) as? any WeighablePosterior else {
      preconditionFailure("\(type(of: bottleneck)) has no density to weigh draws by")
    }
    return posterior
  }
}
