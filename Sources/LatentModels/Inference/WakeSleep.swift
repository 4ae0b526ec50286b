import Distributions
public import LatentCore
import LatentNN
public import Torch

/// The wake-sleep algorithm: the decoder learns from data by the encoder's codes, the encoder from dreams.
///
/// Awake, with x from the data and z ~ q(z|x), the decoder (and a learned prior) minimises `wake`, −log p(x, z) at z but for
/// what it cannot change; asleep, with z ~ p(z) and x ~ p(x|z), the encoder minimises `sleep`, −log q(z|x). No gradient
/// crosses from one to the other, so together the phases follow no one bound: the encoder learns the wrong direction
/// of the divergence, on the model's own data. **Players**: decoder, then encoder. **Shapes**: codes `[B, d]`
/// with a Gaussian posterior and a likelihood that examples can be drawn from; **fails** (stops) for others.
/// **Source**: Hinton, Dayan, Frey and Neal 1995, Science 268, 1158–1161.
public struct WakeSleep: Objective {
  /// The name of the player whose parameters are the encoder's.
  public static let encoder = "encoder"

  /// The algorithm.
  public init() {}

  /// The decoder with the prior, and the encoder with what makes its codes.
  public var players: [Player]? {
    [
      Player { Self.isGenerative($0) },
      Player(name: Self.encoder) { !Self.isGenerative($0) },
    ]
  }

  /// Adds `elbo`, watched, `wake` and `sleep`, each the mean over the batch in nats.
  public func add(to terms: inout Terms, _ pass: Pass) {
    let codes = pass.gaussian.sample([], using: pass.step.generator).detached()
    var wake = -pass.model.decoder.logLikelihood(pass.targets, codes: codes)
    if let prior = (pass.posterior as? GaussianPosterior)?.prior {
      wake = wake - prior.logProbability(codes)
    }
    let dream = Self.dream(of: pass.model, pass.count, using: pass.step.generator)
    withoutGradients { terms.watchBound(pass) }
    terms.minimise("wake", wake.mean(), unit: .nats)
    terms.minimise(
      "sleep", Self.surprise(pass.model, dream.codes, at: dream.examples).mean(), unit: .nats,
      by: Self.encoder)
  }

  /// `count` draws of (x, z) from the model, x in the shape of examples.
  static func dream(
    of model: Autoencoder, _ count: Int, using generator: Generator
  ) -> (examples: Tensor, codes: Tensor) {
    guard let decoder = model.decoder as? NetworkDecoder,
      let likelihood = decoder.likelihood as? any GenerativeLikelihood
    else {
      preconditionFailure("wake-sleep needs a decoder that examples can be drawn from")
    }
    return withoutGradients {
      let codes = model.samplePrior(count, using: generator)
      let examples = likelihood.sample(decoder.parameters(codes), using: generator)
      return (examples.reshaped([count] + decoder.exampleShape), codes)
    }
  }

  /// −log q(z|x) of each pair, `[n]`.
  static func surprise(_ model: Autoencoder, _ codes: Tensor, at examples: Tensor) -> Tensor {
    guard let posterior = model.posterior(of: examples) as? GaussianPosterior else {
      preconditionFailure("wake-sleep needs a Gaussian posterior")
    }
    return -posterior.normal.logProbability(codes).sum(dim: -1)
  }

  private static func isGenerative(_ path: String) -> Bool {
    path.hasPrefix("decoder.") || path.hasPrefix("bottleneck.prior.")
  }
}

extension AutoencoderRecipe {
  /// `latent train wake-sleep`: decoder and encoder learn in turns, each from the other's samples.
  public static let wakeSleep = AutoencoderRecipe(
    "wake-sleep", "Autoencoder whose encoder learns from dreams of the decoder, by wake-sleep.",
    citations: [
      Citation(
        authors: "Hinton, Dayan, Frey & Neal",
        title: "The \"Wake-Sleep\" Algorithm for Unsupervised Neural Networks", year: 1995,
        doi: "10.1126/science.7761831", venue: "Science 268(5214), 1158–1161")
    ],
    latent: .gaussian
  ) { _, network, _ in
    guard network.decoder.unit == .nats else {
      throw RecipeError(
        "recipe wake-sleep expects a likelihood to dream by, found one measured in "
          + network.decoder.unit.rawValue,
        remedy: "set likelihood=bernoulli, continuous-bernoulli or gaussian")
    }
    return VariationalMethod(network, objective: WakeSleep())
  }
}
