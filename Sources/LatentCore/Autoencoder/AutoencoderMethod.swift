public import Torch

/// An autoencoder with a prior over its codes, trained for an objective.
open class AutoencoderMethod: ReconstructiveMethod, Samples {
  /// A method from its parts; by default chosen by the evidence lower bound.
  public override init(
    _ autoencoder: Autoencoder, objective: any Objective,
    selection: Selection = Selection(term: "elbo", isBetterWhenLarger: true)
  ) {
    super.init(autoencoder, objective: objective, selection: selection)
  }

  /// Examples of codes from the prior.
  public func sample(_ count: Int, using generator: Generator) -> Tensor {
    autoencoder.decoder.generate(
      autoencoder.samplePrior(count, using: generator), using: generator)
  }
}

extension AutoencoderMethod: Inspectable {
  /// By the decoder.
  public func targets(_ examples: Tensor, using generator: Generator) -> Tensor {
    autoencoder.decoder.targets(examples, using: generator)
  }

  /// By the decoder.
  public func logLikelihood(_ targets: Tensor, codes: Tensor) -> Tensor {
    autoencoder.decoder.logLikelihood(targets, codes: codes)
  }

  /// By the bottleneck.
  public func samplePrior(_ count: Int, using generator: Generator) -> Tensor {
    autoencoder.samplePrior(count, using: generator)
  }

  /// That of a `NetworkDecoder`.
  public var likelihood: (any Likelihood)? {
    (autoencoder.decoder as? NetworkDecoder)?.likelihood
  }
}

/// An autoencoder whose posterior and likelihood are densities, so that it bounds the evidence.
open class VariationalMethod: AutoencoderMethod, Scores, Weighs {
  /// `ELBO`, with one draw of the code an example.
  public var bound: String { "ELBO" }

  /// The decoder's.
  public var density: String { autoencoder.decoder.density }

  /// log p(x|z) − KL(q(z|x) ‖ p(z)) for each example as the likelihood sees it, in nats, `[n]`.
  public func score(_ examples: Tensor, using generator: Generator) -> Tensor {
    let targets = autoencoder.decoder.targets(examples, using: generator)
    let draw = autoencoder.posterior(of: targets).draw(using: generator)
    let likelihood = autoencoder.decoder.logLikelihood(targets, codes: draw.codes)
    return draw.rates.reduce(likelihood) { $0 - $1.perExample }
  }

  /// log p(x, z) − log q(z|x) for `count` draws of the code an example, `[count, n]`.
  public func logWeights(
    _ examples: Tensor, draws count: Int, using generator: Generator
  ) -> Tensor {
    let targets = autoencoder.decoder.targets(examples, using: generator)
    return autoencoder.logWeights(targets, draws: count, using: generator).values
  }
}
