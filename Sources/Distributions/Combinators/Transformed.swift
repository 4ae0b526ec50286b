public import Torch

/// The distribution of y = f(x) for x of a base distribution and an invertible map f.
///
/// log p(y) = log p_base(x) − log |det ∂f/∂x| with x = f⁻¹(y). Gradients flow through draws if they
/// do in the base. The base's event must have at least as many dimensions as the map's; make
/// vectors of numbers with `independent(1)` first. PyTorch:
/// `torch.distributions.TransformedDistribution`.
public struct Transformed<Base: Distribution, Map: Bijector>: Distribution {
  /// The distribution of x.
  public let base: Base
  /// The map f.
  public let map: Map

  /// The image of `base` under `map`; fails as operators do if the base's events have too few
  /// dimensions.
  public init(_ base: Base, by map: Map) {
    (self.base, self.map) = (base, map)
    if base.eventShape.count < map.eventDims {
      fail(
        "Transformed(\(Base.self))", [],
        "the map works on \(map.eventDims) dimensions, the base's event shape is "
          + "\(base.eventShape); use independent(\(map.eventDims - base.eventShape.count))")
    }
  }

  /// That of the base.
  public var batchShape: [Int] { base.batchShape }
  /// That of the base.
  public var eventShape: [Int] { base.eventShape }
  /// The image of the base's.
  public var support: Constraint { map.image(of: base.support) }
  /// Those of the base; a map's belong to the model that made it.
  public var parameters: [DistributionParameter] { base.parameters }
  /// The same distribution without the history of its parameters.
  public func detached() -> Transformed { Transformed(base.detached(), by: map.detached()) }

  private var extraDims: Int { eventShape.count - map.eventDims }

  /// f of draws of the base.
  public func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    map.forward(base.sample(sampleShape, using: generator))
  }

  /// log p_base(f⁻¹(y)) − log |det ∂f/∂x| in nats.
  public func logProbability(_ value: Tensor) -> Tensor {
    let (x, determinant) = map.inverseWithLogDeterminant(value)
    return base.logProbability(x) - determinant.sumOfLast(extraDims)
  }

  /// Without inverting the map.
  public func sampleWithLogProbability(
    _ sampleShape: [Int], using generator: Generator
  ) -> (value: Tensor, logProbability: Tensor) {
    let (x, logProbability) = base.sampleWithLogProbability(sampleShape, using: generator)
    let (y, determinant) = map.forwardWithLogDeterminant(x)
    return (y, logProbability - determinant.sumOfLast(extraDims))
  }
}

extension Transformed: ReparameterizedDistribution where Base: ReparameterizedDistribution {}
