public import Distributions
public import LatentCore
public import LatentNN
public import Torch

/// The sizes of a variational autoencoder of dense layers.
public struct VAEConfig: Sendable, Hashable {
  /// The shape of an example without the batch, such as [1, 28, 28].
  public var exampleShape: [Int]
  /// Units of each hidden layer, from the data inwards; the decoder mirrors them.
  public var hidden: [Int]
  /// Dimensions of the code.
  public var latent: Int

  /// Kingma & Welling's network for digits by default: 400 hidden units, 20 code dimensions.
  public init(exampleShape: [Int], hidden: [Int] = [400], latent: Int = 20) {
    self.exampleShape = exampleShape
    self.hidden = hidden
    self.latent = latent
  }

  /// The numbers of one example.
  public var exampleCount: Int { exampleShape.reduce(1, *) }
}

/// Encoder q(z|x), standard normal prior p(z) and Bernoulli decoder p(x|z), all of dense layers.
///
/// **Shapes**: examples `[B] + exampleShape` with elements in 0 … 1, codes `[B, latent]`, logits as the
/// examples. Weights are drawn encoder first, layer by layer, each weight before its bias.
/// **Source**: Kingma & Welling 2013, arXiv 1312.6114, section 3 and appendix C.
public final class VariationalAutoencoder: Module {
  /// The sizes.
  public let config: VAEConfig
  /// Examples, flattened, to features.
  public let encoder: Sequential
  /// Features to the posterior.
  public let bottleneck: GaussianBottleneck
  /// Codes to the logits of the pixels.
  public let decoder: Sequential

  /// A model of these sizes with weights from `generator`.
  public init(_ config: VAEConfig, using generator: Generator) {
    self.config = config
    let widths = [config.exampleCount] + config.hidden
    encoder = denseStack(widths, activateLast: true, using: generator)
    bottleneck = GaussianBottleneck(
      features: widths[widths.count - 1], size: config.latent, using: generator)
    decoder = denseStack([config.latent] + widths.reversed(), activateLast: false, using: generator)
  }

  /// q(z|x) of each example.
  public func posterior(of examples: Tensor) -> Normal {
    bottleneck(encoder(examples.flattened(from: 1)))
  }

  /// The logits of p(x|z), flat: `[B, pixels]`.
  public func logits(of codes: Tensor) -> Tensor { decoder(codes) }
}

/// Dense layers of these widths with ReLU between them, and behind the last if `activateLast`.
func denseStack(_ widths: [Int], activateLast: Bool, using generator: Generator) -> Sequential {
  var layers: [any UnaryLayer] = []
  for index in 1..<widths.count {
    layers.append(Linear(widths[index - 1], widths[index], using: generator))
    if index < widths.count - 1 || activateLast { layers.append(Activation.relu) }
  }
  return Sequential(layers)
}

extension VariationalAutoencoder: Encodes, Decodes, Samples, Reconstructs {
  /// [latent].
  public var codeShape: [Int] { [config.latent] }

  /// The posterior means.
  public func encode(_ examples: Tensor) -> Tensor { posterior(of: examples).mean }

  /// The probabilities of ones.
  public func decode(_ codes: Tensor) -> Tensor {
    sigmoid(logits(of: codes)).reshaped([-1] + config.exampleShape)
  }

  /// The probabilities of ones for codes from the prior.
  public func sample(_ count: Int, using generator: Generator) -> Tensor {
    decode(Tensor.randn([count, config.latent], using: generator))
  }
}
