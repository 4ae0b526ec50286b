import Distributions
public import LatentCore
public import LatentNN
public import Torch

/// Encoder q(z|x, c), prior p(z) or p(z|c), decoder p(x|z, c): an autoencoder under a condition.
///
/// The condition c joins the encoder's features and the codes, so the network is an ordinary `Autoencoder`
/// whose code is z followed by c. A condition is any vector an example; the recipe uses the label as a
/// one-hot vector. **Shapes**: c `[B, conditions]`, z `[B, latent]`. **Source**: Sohn, Lee and Yan 2015,
/// Learning structured output representation using deep conditional generative models, section 4.
public final class ConditionalAutoencoder: Module {
  /// Examples to features, without the condition.
  public let encoder: any UnaryLayer
  /// Features and condition to the posterior of z.
  public let bottleneck: ConditionalBottleneck
  /// z and condition to examples.
  public let decoder: any CodeDecoder

  /// A model of three parts; the decoder takes `latent + conditions` numbers.
  public init(encoder: any UnaryLayer, bottleneck: ConditionalBottleneck, decoder: any CodeDecoder)
  {
    (self.encoder, self.bottleneck, self.decoder) = (encoder, bottleneck, decoder)
  }

  /// The autoencoder of examples whose conditions are these rows; it shares all parameters.
  public func under(_ conditions: Tensor) -> Autoencoder {
    Autoencoder(
      encoder: Function { [encoder] in concatenated([encoder($0), conditions], dim: -1) },
      bottleneck: bottleneck, decoder: decoder)
  }

  /// An example of each condition: z from the prior, then as the decoder shows it.
  public func sample(_ conditions: Tensor, using generator: Generator) -> Tensor {
    let codes = bottleneck.samplePrior(conditions, using: generator)
    return decoder.generate(codes, using: generator)
  }
}

/// Features and condition → N(μ, diag σ²) over z, beside N(0, I) or N(A c + a, diag exp(B c + b)).
public final class ConditionalBottleneck: Module, Bottleneck {
  /// [features, c] to the posterior's moments.
  let moments: GaussianBottleneck
  /// c to the prior's moments, if the prior depends on it.
  let prior: GaussianBottleneck?
  /// The numbers of a condition.
  public let conditions: Int

  /// A bottleneck of `size` dimensions behind `features` numbers and a condition.
  public init(
    features: Int, size: Int, conditions: Int, hasConditionalPrior: Bool = false,
    using generator: Generator
  ) {
    self.conditions = conditions
    moments = GaussianBottleneck(
      features: features + conditions, size: size, using: generator)
    prior =
      hasConditionalPrior
      ? GaussianBottleneck(features: conditions, size: size, using: generator) : nil
  }

  /// [size + conditions]: the condition is the last part of the code.
  public var codeShape: [Int] { [moments.size + conditions] }

  /// The posteriors of rows of features, whose last numbers are the condition.
  public func posterior(_ features: Tensor, encode: (Tensor) -> Tensor) -> any LatentPosterior {
    let condition = features[.ellipsis, (features.size(-1) - conditions)...]
    return ConditionalPosterior(
      base: GaussianPosterior(
        moments(features), prior: prior.map { $0(condition).independent() }),
      condition: condition)
  }

  /// Codes under conditions that are one-hot vectors, all equally probable.
  public func samplePrior(
    _ count: Int, encode: (Tensor) -> Tensor, using generator: Generator
  ) -> Tensor {
    let labels = Tensor.randint(0..<conditions, [count], using: generator)
    return samplePrior(labels.oneHot(classes: conditions).to(dtype), using: generator)
  }

  /// A code under each condition, `[n, size + conditions]`.
  public func samplePrior(_ conditions: Tensor, using generator: Generator) -> Tensor {
    let shape = [conditions.size(0), moments.size]
    let z =
      prior.map { $0(conditions).sample([], using: generator) }
      ?? Tensor.randn(shape, using: generator, dtype: dtype)
    return concatenated([z, conditions], dim: -1)
  }

  private var dtype: DType { moments.moments.weight.value.dtype }
}

/// A Gaussian posterior whose codes carry their condition.
struct ConditionalPosterior: WeighablePosterior {
  let base: GaussianPosterior
  let condition: Tensor

  var representative: Tensor { joined(base.representative) }

  func draw(using generator: Generator) -> LatentDraw {
    let draw = base.draw(using: generator)
    return LatentDraw(codes: joined(draw.codes), rates: draw.rates)
  }

  func draws(_ count: Int, stoppingDensity: Bool, using generator: Generator) -> WeightedDraws {
    let drawn = base.draws(count, stoppingDensity: stoppingDensity, using: generator)
    return WeightedDraws(
      codes: joined(drawn.codes), logRatio: drawn.logRatio,
      learnedLogPrior: drawn.learnedLogPrior)
  }

  private func joined(_ z: Tensor) -> Tensor {
    concatenated([z, condition.expanded(z.shape.dropLast() + [condition.size(-1)])], dim: -1)
  }
}
