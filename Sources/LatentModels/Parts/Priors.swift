public import Distributions
public import LatentCore
public import LatentNN
public import Torch

/// p(z) = Σ πₖ N(z; mₖ, diag sₖ²) with learned weights, means and variances.
///
/// Means start as draws of the standard normal distribution, weights equal, variances 1. **Source**: Dilokthanakul
/// et al. 2016, arXiv 1611.02648, and the «MoG» prior of Tomczak and Welling 2018, arXiv 1705.07120, section 4.
public final class GaussianMixturePrior: Module, Prior {
  /// log πₖ up to a constant, `[K]`.
  public let logits: Parameter
  /// mₖ, `[K, d]`.
  public let means: Parameter
  /// log sₖ², `[K, d]`.
  public let logVariances: Parameter

  /// A mixture of `components` Gaussians over codes of `size` numbers.
  public init(components: Int, size: Int, using generator: Generator) {
    logits = Parameter(Tensor.zeros([components]))
    means = Parameter(Tensor.randn([components, size], using: generator))
    logVariances = Parameter(Tensor.zeros([components, size]))
  }

  /// The mixture.
  public func distribution(posterior: (Tensor) -> Normal) -> any Distribution {
    MixtureSameFamily(
      mixing: Categorical(logits: logits.value),
      components: DiagonalNormal(mean: means.value, logVariance: logVariances.value))
  }
}

/// p(z) = (1/K) Σ q(z|uₖ): the mixture of the posteriors of K learned pseudo-examples.
///
/// Pseudo-examples of data with a range are squashed into it by a sigmoid. **Shapes**: u `[K] + exampleShape`.
/// **Source**: Tomczak and Welling 2018, arXiv 1705.07120, equation 9.
public final class VampPrior: Module, Prior {
  /// uₖ before the squashing.
  public let raw: Parameter
  private let range: ClosedRange<Double>?

  /// A prior of `components` pseudo-examples, at first noise around the middle of the range.
  public init(
    components: Int, exampleShape: [Int], range: ClosedRange<Double>?, using generator: Generator
  ) {
    self.range = range
    raw = Parameter(Tensor.randn([components] + exampleShape, using: generator))
  }

  /// uₖ.
  public var pseudoExamples: Tensor {
    guard let range else { return raw.value }
    return range.lowerBound + (range.upperBound - range.lowerBound) * sigmoid(raw.value)
  }

  /// The mixture.
  public func distribution(posterior: (Tensor) -> Normal) -> any Distribution {
    let examples = pseudoExamples
    return MixtureSameFamily(
      mixing: Categorical(logits: Tensor.zeros([examples.size(0)], dtype: examples.dtype)),
      components: posterior(examples).independent())
  }
}

/// p(z): standard normal noise sent through invertible maps, learned with the model.
///
/// The maps are masked autoregressive, so that the density of a code needs one pass. **Source**: Chen et al.
/// 2017, arXiv 1611.02731, section 3.2.
public final class FlowPrior: Module, Prior {
  /// The maps from noise to codes.
  public let flow: Flow
  private let size: Int

  /// A prior over codes of `size` numbers with this many maps.
  public init(steps: Int, size: Int, hidden: [Int] = [64], using generator: Generator) {
    self.size = size
    flow = Flow(.maf, count: steps, size: size, hidden: hidden, using: generator)
  }

  /// The image of the noise.
  public func distribution(posterior: (Tensor) -> Normal) -> any Distribution {
    let maps = flow.bijector()
    let dtype = flow.parameters.first?.parameter.value.dtype ?? .float32
    return Transformed(StandardNormal([size], dtype: dtype).independent(), by: maps)
  }
}
