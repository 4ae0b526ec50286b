public import Torch

/// N(0, 1) in every place of a shape, the usual prior, without parameters.
///
/// Apart from `Normal` because its divergence needs fewer operations. As a prior over vectors of
/// size d: `StandardNormal([d]).independent()`.
public struct StandardNormal: ReparameterizedDistribution {
  /// The batch shape.
  public let batchShape: [Int]
  /// The type of outcomes.
  public let dtype: DType
  /// Where moments are made.
  public let device: Device

  /// The prior of this shape.
  public init(_ batchShape: [Int], dtype: DType = .float32, device: Device = .current) {
    self.batchShape = batchShape
    self.dtype = dtype
    self.device = device
  }

  /// Empty: outcomes are numbers.
  public var eventShape: [Int] { [] }
  /// All real numbers.
  public var support: Constraint { .real }
  /// None.
  public var parameters: [DistributionParameter] { [] }

  /// Itself: there are no parameters.
  public func detached() -> StandardNormal { self }

  /// Standard normal numbers from one call of `Tensor.randn`.
  public func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    Tensor.randn(sampleShape + batchShape, using: generator, dtype: dtype)
  }

  /// −½ (x² + log 2π) in nats.
  public func logProbability(_ value: Tensor) -> Tensor {
    let shape = broadcastShape(value.shape, batchShape) ?? value.shape
    return (-0.5 * (squared(value) + logTwoPi)).broadcast(to: shape)
  }

  /// `logProbability` summed over the last dimension, which `value` has to have whole; the constant is added to the sums.
  package func summedLogProbability(_ value: Tensor) -> Tensor {
    -0.5 * (squared(value).sum(dim: -1) + logTwoPi * Double(value.size(-1)))
  }
}

extension StandardNormal: DistributionWithMoments, DistributionWithEntropy, DistributionWithCDF {
  /// 0.
  public var mean: Tensor { .zeros(batchShape, dtype: dtype, device: device) }

  /// 1.
  public var variance: Tensor { .ones(batchShape, dtype: dtype, device: device) }

  /// ½ (1 + log 2π) nats.
  public func entropy() -> Tensor {
    .full(batchShape, 0.5 * (1 + logTwoPi), dtype: dtype, device: device)
  }

  /// Φ(x).
  public func cumulativeProbability(_ value: Tensor) -> Tensor { normalCDF(value) }
}
