public import Distributions
public import LatentNN
public import Torch

/// Features → a diagonal Gaussian posterior over the code: q(z|x) = N(μ(h), diag σ²(h)).
///
/// One affine map gives μ and log σ² side by side. **Shapes**: h `[B, features]` → μ, log σ² `[B, size]`.
/// **Source**: Kingma & Welling 2013, arXiv 1312.6114, appendix C.2.
public final class GaussianBottleneck: Module, Bottleneck {
  /// μ and log σ² in one map, `[2 · size, features]`.
  public let moments: Linear
  /// p(z), or nil for the standard normal distribution.
  public let prior: (any Prior)?
  /// The number of code dimensions.
  public let size: Int

  /// A bottleneck of `size` dimensions behind `features` numbers.
  public init(
    features: Int, size: Int, prior: (any Prior)? = nil, using generator: Generator
  ) {
    self.size = size
    self.prior = prior
    moments = Linear(features, 2 * size, using: generator)
  }

  /// [size].
  public var codeShape: [Int] { [size] }

  /// The posterior of each row of features, independent over the code's dimensions.
  public func callAsFunction(_ features: Tensor) -> Normal {
    // Products may come in bfloat16 under autocast; a divergence summed in it would be off by 0.4 %.
    let parts = moments(features).to(moments.weight.value.dtype).chunked(2, dim: -1)
    return Normal(mean: parts[0], logVariance: parts[1])
  }

  /// The posteriors beside the prior.
  public func posterior(_ features: Tensor, encode: (Tensor) -> Tensor) -> any LatentPosterior {
    GaussianPosterior(self(features), prior: prior?.distribution { self(encode($0)) })
  }

  /// Codes from the prior.
  public func samplePrior(
    _ count: Int, encode: (Tensor) -> Tensor, using generator: Generator
  ) -> Tensor {
    guard let prior else {
      return Tensor.randn([count, size], using: generator, dtype: moments.weight.value.dtype)
    }
    return prior.distribution { self(encode($0)) }.sample([count], using: generator)
  }
}
