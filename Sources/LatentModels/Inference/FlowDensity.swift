public import Datasets
import Distributions
public import LatentCore
public import LatentNN
public import Torch

/// A density of vectors: standard normal noise sent through invertible maps, by exact likelihood.
///
/// log p(x) = log N(z) + log |det ∂z/∂x| in nats, z the noise behind x. Data are standardised first by the first
/// batch of training, in numbers that are then learned. Pictures get uniform noise of one of `levels` grey
/// levels, without which densities of repeated values have no bound. **Shapes**: examples `[B] +
/// exampleShape`, codes `[B, d]`. **Source**: Papamakarios et al. 2021, Normalizing flows for probabilistic
/// modeling and inference, arXiv 1912.02762, section 2.
public final class FlowDensity: Module, Method, Scores, Samples, Encodes, Decodes, Reconstructs {
  /// The maps from noise to standardised data.
  public let flow: Flow
  /// From standardised data to data.
  let scaling: Standardisation
  private let exampleShape: [Int]
  private let levels: Int
  private let runsBackwards: Bool

  /// A density of examples of this shape; `levels` is 0 for data that are no pictures.
  ///
  /// With `runsBackwards` the flow's maps run from data to noise, as suits maps whose inverse is dear.
  public init(_ flow: Flow, exampleShape: [Int], levels: Int = 0, runsBackwards: Bool = false) {
    self.flow = flow
    self.exampleShape = exampleShape
    self.levels = levels
    self.runsBackwards = runsBackwards
    scaling = Standardisation(exampleShape.reduce(1, *))
  }

  /// Itself.
  public var model: Module { self }
  /// The held-out log-likelihood.
  public var selection: Selection { Selection(term: "log-likelihood", isBetterWhenLarger: true) }
  /// `log-likelihood`: exact.
  public var bound: String { "log-likelihood" }
  /// [d].
  public var codeShape: [Int] { [exampleShape.reduce(1, *)] }

  /// `log-likelihood`, watched, and its negative, minimised; means over the batch in nats.
  public func terms(_ batch: Batch, _ step: Step) -> Terms {
    let data = dequantised(batch.examples, using: step.generator)
    if mode == .training { scaling.fitOnce(to: data) }
    let likelihood = logProbability(data).mean()
    var terms = Terms()
    terms.watch("log-likelihood", likelihood, unit: .nats)
    terms.minimise("loss", -likelihood, unit: .nats)
    return terms
  }

  /// log p(x) of each example, `[n]`.
  public func score(_ examples: Tensor, using generator: Generator) -> Tensor {
    logProbability(dequantised(examples, using: generator))
  }

  /// New examples.
  public func sample(_ count: Int, using generator: Generator) -> Tensor {
    decode(Tensor.randn([count] + codeShape, using: generator))
  }

  /// The noise behind each example, `[n, d]`.
  public func encode(_ examples: Tensor) -> Tensor { noise(examples.flattened(from: 1)).z }

  /// The example before each noise.
  public func decode(_ codes: Tensor) -> Tensor {
    let maps = flow.bijector()
    let standard = runsBackwards ? maps.inverse(codes) : maps.forward(codes)
    return scaling.bijector.forward(standard).reshaped([codes.size(0)] + exampleShape)
  }

  private func logProbability(_ data: Tensor) -> Tensor {
    let (z, determinant) = noise(data)
    return StandardNormal(codeShape, dtype: z.dtype).logProbability(z).sum(dim: -1) + determinant
  }

  private func noise(_ data: Tensor) -> (z: Tensor, logDeterminant: Tensor) {
    let (standard, scale) = scaling.bijector.inverseWithLogDeterminant(data)
    let maps = flow.bijector()
    if runsBackwards {
      let (z, determinant) = maps.forwardWithLogDeterminant(standard)
      return (z, determinant - scale.sum(dim: -1))
    }
    let (z, determinant) = maps.inverseWithLogDeterminant(standard)
    return (z, -determinant - scale.sum(dim: -1))
  }

  private func dequantised(_ examples: Tensor, using generator: Generator) -> Tensor {
    let flat = examples.flattened(from: 1)
    guard levels > 0 else { return flat }
    let noise = Tensor.rand(flat.shape, using: generator, dtype: flat.dtype)
    return (flat * Double(levels - 1) + noise) / Double(levels)
  }
}

/// y = m + s x, which takes mean and deviation of the first batch it is given and is learned from there.
final class Standardisation: Module {
  let mean: Parameter
  let logScale: Parameter
  let isFitted: Buffer

  init(_ size: Int) {
    mean = Parameter(Tensor.zeros([size]))
    logScale = Parameter(Tensor.zeros([size]))
    isFitted = Buffer(Tensor.zeros([]))
  }

  var bijector: AffineBijector { AffineBijector(shift: mean.value, scale: exp(logScale.value)) }

  /// Takes the moments of `data` `[n, size]` if none were taken before; elements that do not vary keep
  /// scale 1.
  func fitOnce(to data: Tensor) {
    guard isFitted.value.item() == 0 else { return }
    withoutGradients {
      let deviation = sqrt(data.variance(dims: [0], correction: 0))
      mean.assign(data.mean(dim: 0))
      logScale.assign(log(deviation.replacing(with: 1, where: deviation .< 1e-6)))
      isFitted.value = Tensor.ones([])
    }
  }
}
