public import Datasets
public import LatentCore
public import LatentNN
public import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A codebook's autoencoder and the autoregressive prior of its codes.
public final class VQVAENetwork: Module {
  /// Encoder, codebook and decoder.
  public let autoencoder: Autoencoder
  /// p(z) over grids of code numbers, `[B, 1, H, W]`.
  public let prior: AutoregressiveModel

  /// Both parts.
  public init(autoencoder: Autoencoder, prior: AutoregressiveModel) {
    self.autoencoder = autoencoder
    self.prior = prior
  }
}

/// The vector-quantised autoencoder with its learned prior.
///
/// The terms are `distortion` −log p(x|z), the codebook's costs, and `prior` −log p(z) of the codes, through
/// which no gradient reaches the autoencoder; `bits-per-code` is the prior's code length, and `elbo` log
/// p(x|z) + log p(z), since the posterior is one point. Prior and autoencoder are trained side by side, or
/// one after the other: then `autoencoderSteps` steps for the autoencoder, and the rest for the prior of
/// codes that stay. Training steps then have the terms of the part that learns; validation has all. Codes are code numbers `[H, W]`. **Source**: van den Oord, Vinyals & Kavukcuoglu 2017,
/// arXiv 1711.00937, section 3.
public final class VQVAE: Method, Encodes, Decodes, Samples, Reconstructs, Scores, Compresses,
  UsesCodebook
{
  /// The model's two parts.
  public let network: VQVAENetwork
  /// The codes.
  public let quantizer: VectorQuantizer
  /// The steps for the autoencoder alone; nil for both parts side by side.
  public let autoencoderSteps: Int?

  /// A method from its parts; **fails** (stops) for a decoder that has no likelihood in nats.
  public init(
    encoder: any UnaryLayer, quantizer: VectorQuantizer, decoder: any CodeDecoder,
    prior: AutoregressiveModel, autoencoderSteps: Int? = nil
  ) {
    precondition(decoder.unit == .nats, "a decoder with a likelihood in nats is expected")
    self.quantizer = quantizer
    self.autoencoderSteps = autoencoderSteps
    network = VQVAENetwork(
      autoencoder: Autoencoder(encoder: encoder, bottleneck: quantizer, decoder: decoder),
      prior: prior)
  }

  /// The network.
  public var model: Module { network }
  /// The bound with the learned prior.
  public var selection: Selection { Selection(term: "elbo", isBetterWhenLarger: true) }

  /// The terms of a batch; in training only those of the parts that learn at this step.
  public func terms(_ batch: Batch, _ step: Step) -> Terms {
    let trainsPrior = autoencoderSteps.map { step.index >= $0 } ?? true
    let trainsAutoencoder = autoencoderSteps.map { step.index < $0 } ?? true
    // A part that rests costs as much as one that learns, for numbers that wait until validation.
    let showsAll = network.mode == .evaluation
    let pass = Pass(network.autoencoder, batch, step)
    var own = Terms()
    if trainsAutoencoder {
      Distortion().add(to: &own, pass)
    } else if showsAll {
      withoutGradients { Distortion().add(to: &own, pass) }
    }
    let codes = trainsAutoencoder ? indices(pass) : withoutGradients { indices(pass) }
    var length: Tensor?
    if trainsPrior {
      length = cost(codes)
    } else if showsAll {
      length = withoutGradients { cost(codes) }
    }
    var terms = Terms()
    if let length, trainsAutoencoder || showsAll {
      terms.watch("elbo", pass.logLikelihood.detached().mean() - length.detached(), unit: .nats)
    }
    if trainsAutoencoder {
      terms.append(own)
    } else {
      for term in own.list { terms.watch(term.name, term.value, unit: term.unit) }
    }
    guard let length else { return terms }
    if trainsPrior {
      terms.minimise("prior", length, unit: .nats)
    } else {
      terms.watch("prior", length, unit: .nats)
    }
    terms.watch("bits-per-code", length / (Double(codesPerExample) * log(2.0)), unit: .bits)
    return terms
  }

  /// Lets the codebook learn while the autoencoder does.
  public func afterStep(_ step: Step) {
    guard let autoencoderSteps, step.index >= autoencoderSteps else {
      return quantizer.afterStep(step)
    }
    quantizer.skipStep()
  }

  /// The codes of an example.
  public var codesPerExample: Int { quantizer.grid.reduce(1, *) }

  /// −log p(z) of codes `[B, H, W]`, mean over the batch, in nats.
  private func cost(_ codes: Tensor) -> Tensor {
    -network.prior.logProbability(codes.unsqueezed(dim: 1)).mean()
  }

  private func indices(_ pass: Pass) -> Tensor { indices(pass.posterior) }

  private func indices(_ posterior: any LatentPosterior) -> Tensor {
    guard let posterior = posterior as? QuantizedPosterior else {
      preconditionFailure("a quantised posterior is expected, found \(type(of: posterior))")
    }
    return posterior.indices
  }

  /// [H, W].
  public var codeShape: [Int] { quantizer.grid }

  /// The code numbers, int64.
  public func encode(_ examples: Tensor) -> Tensor {
    indices(network.autoencoder.posterior(of: examples))
  }

  /// The mean example of code numbers.
  public func decode(_ codes: Tensor) -> Tensor {
    network.autoencoder.decoder.mean(quantizer.codewords(codes.to(.int64)))
  }

  /// Examples of codes that the learned prior draws.
  public func sample(_ count: Int, using generator: Generator) -> Tensor {
    let codes = network.prior.sample(count, using: generator).squeezed(dim: 1)
    return network.autoencoder.decoder.generate(quantizer.codewords(codes), using: generator)
  }

  /// `ELBO`: the posterior is one point, so it is log p(x, z) at the code of x.
  public var bound: String { "ELBO" }

  /// What the decoder's likelihood is over.
  public var density: String { network.autoencoder.decoder.density }

  /// log p(x|z) + log p(z) of each example as the likelihood sees it, in nats.
  public func score(_ examples: Tensor, using generator: Generator) -> Tensor {
    let targets = network.autoencoder.decoder.targets(examples, using: generator)
    let codes = encode(targets)
    return network.autoencoder.decoder.logLikelihood(
      targets, codes: quantizer.codewords(codes))
      + network.prior.logProbability(codes.unsqueezed(dim: 1))
  }

  /// The codebook's entries.
  public var codeCount: Int { quantizer.codebook.options.entries }

  /// The code numbers, `[n, H, W]`.
  public func codeIndices(_ examples: Tensor) -> Tensor { encode(examples) }

  /// −log₂ p(z) of each example's codes under the learned prior.
  public func codeLength(_ examples: Tensor) -> Tensor {
    -network.prior.logProbability(encode(examples).unsqueezed(dim: 1)) / log(2.0)
  }
}
