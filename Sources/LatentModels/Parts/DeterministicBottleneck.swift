public import Distributions
public import LatentCore
public import LatentNN
public import Torch

/// Features → one code, without noise, beside a prior that only samples: z = W h + b.
///
/// There is no rate: an objective must hold the codes of all examples together to the prior, or nothing
/// does (a plain autoencoder). **Shapes**: h `[B, features]` → z `[B, size]`. **Source**: Tolstikhin et al. 2018,
/// arXiv 1711.01558, section 2.2 (Q(Z|X) a point mass).
public final class DeterministicBottleneck: Module, Bottleneck {
  /// Features to codes.
  public let code: Linear
  /// p(z).
  public let prior: any Distribution
  /// The number of code dimensions.
  public let size: Int

  /// A bottleneck of `size` dimensions behind `features` numbers, by default beside N(0, I).
  ///
  /// `prior` has batch shape [] and event shape [size].
  public init(
    features: Int, size: Int, prior: (any Distribution)? = nil, using generator: Generator
  ) {
    self.size = size
    self.prior = prior ?? StandardNormal([size]).independent(1)
    precondition(
      self.prior.batchShape.isEmpty && self.prior.eventShape == [size],
      "the prior of a code of \(size) dimensions has shape \(self.prior.eventShape)")
    code = Linear(features, size, using: generator)
  }

  /// [size].
  public var codeShape: [Int] { [size] }

  /// The codes.
  public func posterior(_ features: Tensor, encode: (Tensor) -> Tensor) -> any LatentPosterior {
    // Products may come in bfloat16 under autocast; distances between codes and draws of the prior are in the prior's precision.
    DeterministicPosterior(codes: code(features).to(code.weight.value.dtype))
  }

  /// Codes from the prior.
  public func samplePrior(
    _ count: Int, encode: (Tensor) -> Tensor, using generator: Generator
  ) -> Tensor {
    prior.sample([count], using: generator).to(code.weight.value.dtype)
  }
}

/// All mass on one code an example: no density, no rate.
public struct DeterministicPosterior: LatentPosterior {
  /// The codes, `[B, d]`.
  public let codes: Tensor

  /// A posterior at these codes.
  public init(codes: Tensor) {
    self.codes = codes
  }

  /// The codes.
  public var representative: Tensor { codes }

  /// The codes.
  public func draw(using generator: Generator) -> LatentDraw { LatentDraw(codes: codes) }
}
