public import Datasets
import Distributions
public import LatentCore
public import LatentNN
public import Torch

/// What becomes of grey values before a Bernoulli likelihood sees them.
public enum Binarisation: String, Sendable, CaseIterable {
  /// Each time anew, a one with the grey value's probability (Salakhutdinov & Murray 2008).
  case dynamic
  /// A one where the grey value is above one half.
  case threshold
  /// Grey values as they are; the cross-entropy is then no likelihood of the data.
  case none

  /// The examples as the likelihood sees them, in their shape.
  public func callAsFunction(_ examples: Tensor, using generator: Generator) -> Tensor {
    switch self {
    case .dynamic: Tensor.bernoulli(examples, using: generator)
    case .threshold: (examples .> 0.5).to(examples.dtype)
    case .none: examples
    }
  }
}

/// A variational autoencoder trained by its evidence lower bound.
///
/// **Source**: Kingma & Welling 2013, arXiv 1312.6114.
public final class VAEMethod: Method {
  /// Encoder, bottleneck and decoder.
  public let network: VariationalAutoencoder
  /// What is minimised.
  public let objective: VAEObjective
  /// What the likelihood sees.
  public let binarisation: Binarisation

  /// A method from its three parts.
  public init(
    _ network: VariationalAutoencoder, objective: VAEObjective = VAEObjective(),
    binarisation: Binarisation = .dynamic
  ) {
    self.network = network
    self.objective = objective
    self.binarisation = binarisation
  }

  /// The network.
  public var model: Module { network }

  /// The largest evidence lower bound.
  public var selection: Selection { Selection(term: "elbo", isBetterWhenLarger: true) }

  /// Distortion, rate and ELBO of a batch.
  public func terms(_ batch: Batch, _ step: Step) -> Terms {
    let examples = binarisation(batch.examples, using: step.generator)
    return objective.terms(network, examples, step)
  }
}

extension VAEMethod: Encodes, Decodes, Samples, Reconstructs, Scores {
  /// [latent].
  public var codeShape: [Int] { network.codeShape }

  /// The posterior means.
  public func encode(_ examples: Tensor) -> Tensor { network.encode(examples) }

  /// The probabilities of ones.
  public func decode(_ codes: Tensor) -> Tensor { network.decode(codes) }

  /// The probabilities of ones for codes from the prior.
  public func sample(_ count: Int, using generator: Generator) -> Tensor {
    network.sample(count, using: generator)
  }

  /// `ELBO`, with one draw of the code an example.
  public var bound: String { "ELBO" }

  /// log p(x|z) − KL(q(z|x) ‖ p(z)) for each example after binarisation, z ~ q(z|x), in nats, [n].
  public func score(_ examples: Tensor, using generator: Generator) -> Tensor {
    let targets = binarisation(examples, using: generator).flattened(from: 1)
    let posterior = network.posterior(of: targets)
    let codes = posterior.sample([], using: generator)
    let distortion = binaryCrossEntropy(
      logits: network.logits(of: codes), targets: targets, reduction: .none
    ).sum(dim: 1)
    let rate = posterior.klDivergence(to: StandardNormal(posterior.batchShape)).sum(dim: 1)
    return -(distortion + rate)
  }
}
