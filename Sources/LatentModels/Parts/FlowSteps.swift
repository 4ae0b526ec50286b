public import Distributions
public import LatentNN
public import Torch

/// One invertible map of a flow, with parameters of its own and perhaps a context.
public protocol FlowStep: Module {
  /// The map; `context` `[…, features]` is what an encoder knows of the example.
  func bijector(context: Tensor?) -> any Bijector
}

/// Numbers that are the same for all examples, or an affine function of a context.
final class AmortisedNumbers: Module {
  let offset: Parameter
  let slope: Linear?

  /// Starts at `offset`, the slope small.
  init(_ offset: Tensor, context: Int, using generator: Generator) {
    self.offset = Parameter(offset)
    slope =
      context > 0
      ? Linear(
        context, offset.size(0), bias: false, initializer: .normal(standardDeviation: 0.01),
        using: generator) : nil
  }

  func callAsFunction(_ context: Tensor?) -> Tensor {
    guard let slope, let context else { return offset.value }
    return offset.value + slope(context)
  }
}

/// A planar map; see `PlanarBijector`.
public final class PlanarStep: Module, FlowStep {
  let numbers: AmortisedNumbers
  private let size: Int

  /// A map of vectors of `size`, its parameters from a context of `context` numbers, or shared if 0.
  public init(_ size: Int, context: Int = 0, using generator: Generator) {
    self.size = size
    let scale = 1 / Double(size).squareRoot()
    numbers = AmortisedNumbers(
      Tensor.randn([2 * size + 1], using: generator) * scale, context: context, using: generator)
  }

  /// The map.
  public func bijector(context: Tensor?) -> any Bijector {
    let parts = numbers(context).split(sizes: [size, size, 1], dim: -1)
    return PlanarBijector(u: parts[0], w: parts[1], b: parts[2].squeezed(dim: -1))
  }
}

/// A radial map; see `RadialBijector`. It starts as the identity.
public final class RadialStep: Module, FlowStep {
  let numbers: AmortisedNumbers
  private let size: Int

  /// A map of vectors of `size`, its parameters from a context of `context` numbers, or shared if 0.
  public init(_ size: Int, context: Int = 0, using generator: Generator) {
    self.size = size
    let center = Tensor.randn([size], using: generator)
    numbers = AmortisedNumbers(
      concatenated([center, Tensor.ones([2])]), context: context, using: generator)
  }

  /// The map.
  public func bijector(context: Tensor?) -> any Bijector {
    let parts = numbers(context).split(sizes: [size, 1, 1], dim: -1)
    return RadialBijector(
      center: parts[0], a: parts[1].squeezed(dim: -1), strength: parts[2].squeezed(dim: -1))
  }
}

/// A coupling layer; see `CouplingBijector`.
public final class CouplingStep: Module, FlowStep {
  let network: Conditioner
  private let family: ElementwiseFamily
  private let kept: Range<Int>

  /// A layer that keeps the first half of `size` elements, or the second.
  public init(
    _ size: Int, keepsFirst: Bool, family: ElementwiseFamily, hidden: [Int], context: Int = 0,
    using generator: Generator
  ) {
    let middle = size / 2
    kept = keepsFirst ? 0..<middle : middle..<size
    self.family = family
    let outputs = (size - kept.count) * family.parameterCount
    network = Conditioner(
      widths: [kept.count] + hidden + [outputs], context: context, using: generator)
  }

  /// The map.
  public func bijector(context: Tensor?) -> any Bijector {
    CouplingBijector(network.values, family: family, keeping: kept, context: context)
  }
}

/// An autoregressive layer and the reversal of the order of elements; see `AutoregressiveBijector`.
public final class AutoregressiveStep: Module, FlowStep {
  let network: Conditioner
  private let family: ElementwiseFamily
  private let size: Int
  private let isInverted: Bool

  /// A layer of `size` elements that is quick forward, or back if `isInverted`.
  public init(
    _ size: Int, family: ElementwiseFamily, hidden: [Int], isInverted: Bool, context: Int = 0,
    using generator: Generator
  ) {
    self.size = size
    self.family = family
    self.isInverted = isInverted
    network = .autoregressive(
      size, parameters: family.parameterCount, hidden: hidden, context: context, using: generator)
  }

  /// The map.
  public func bijector(context: Tensor?) -> any Bijector {
    let reversal = PermutationBijector(Tensor((0..<size).map { size - 1 - $0 }))
    let layer = AutoregressiveBijector(network.values, family: family, context: context)
    return ChainBijector([isInverted ? layer.inverted : layer, reversal])
  }
}
