public import Datasets
public import Distributions
public import Torch

/// One batch on its way through an autoencoder, as objectives see it.
///
/// Each stage is computed when it is first asked for and once only, so that objectives which are
/// added share the encoder's work and the same draw of codes.
public final class Pass {
  /// The model.
  public let model: Autoencoder
  /// The batch as it came from the data.
  public let batch: Batch
  /// Where training stands, with the source of noise.
  public let step: Step
  /// The examples as the likelihood and the encoder see them.
  public let targets: Tensor
  /// q(z|x) beside p(z).
  public private(set) lazy var posterior: any LatentPosterior = model.posterior(of: targets)
  /// One code an example with its costs.
  public private(set) lazy var draw: LatentDraw = posterior.draw(using: step.generator)
  /// log p(x|z) at the draw, `[B]`.
  public private(set) lazy var logLikelihood: Tensor = model.decoder.logLikelihood(
    targets, codes: draw.codes)

  /// A batch on its way.
  public init(_ model: Autoencoder, _ batch: Batch, _ step: Step) {
    self.model = model
    self.batch = batch
    self.step = step
    targets = model.decoder.targets(batch.examples, using: step.generator)
  }

  /// The examples of the batch.
  public var count: Int { targets.size(0) }

  /// The posterior as a diagonal Gaussian; **fails** (stops) for a bottleneck of another kind.
  public var gaussian: Normal {
    guard let posterior = posterior as? GaussianPosterior else {
      preconditionFailure(
        "the objective needs a Gaussian posterior, found \(type(of: posterior))")
    }
    return posterior.normal
  }
}
