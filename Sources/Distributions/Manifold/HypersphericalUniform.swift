public import Torch

/// The uniform distribution on the unit sphere of R^d, by area.
public struct HypersphericalUniform: Distribution {
  /// The dimension d of the space around the sphere.
  public let dimension: Int
  /// The batch shape.
  public let batchShape: [Int]
  /// The type of outcomes.
  public let dtype: DType

  /// On the sphere of R^d, d at least 2; fails as operators do for less.
  public init(dimension: Int, batchShape: [Int] = [], dtype: DType = .float32) {
    if dimension < 2 {
      fail("HypersphericalUniform", [], "expected a dimension of at least 2, found \(dimension)")
    }
    (self.dimension, self.batchShape, self.dtype) = (dimension, batchShape, dtype)
  }

  /// [d].
  public var eventShape: [Int] { [dimension] }
  /// Unit vectors.
  public var support: Constraint { .unitVector }
  /// None.
  public var parameters: [DistributionParameter] { [] }
  /// Itself: there are no parameters.
  public func detached() -> HypersphericalUniform { self }

  /// log 2 + ½ d log π − log Γ(½ d), the logarithm of the sphere's area.
  public var logArea: Double {
    let half = Tensor(0.5 * Double(dimension), dtype: .float64)
    return (half * 1.144729885849400174143427351353 - lgamma(half)).item() + 0.693147180559945309
  }

  /// Standard normal vectors divided by their norms.
  public func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    let noise = Tensor.randn(sampleShape + batchShape + eventShape, using: generator, dtype: dtype)
    return noise / noise.norm(dims: [-1], keepDim: true)
  }

  /// −log of the sphere's area in nats.
  public func logProbability(_ value: Tensor) -> Tensor {
    let shape = broadcastShape(Array(value.shape.dropLast()), batchShape) ?? batchShape
    return .full(shape, -logArea, dtype: value.dtype, device: value.device)
  }
}

extension HypersphericalUniform: DistributionWithMoments, DistributionWithEntropy {
  /// 0.
  public var mean: Tensor { .zeros(batchShape + eventShape, dtype: dtype) }
  /// 1/d.
  public var variance: Tensor {
    .full(batchShape + eventShape, 1 / Double(dimension), dtype: dtype)
  }
  /// The logarithm of the sphere's area in nats.
  public func entropy() -> Tensor { .full(batchShape, logArea, dtype: dtype) }
}
