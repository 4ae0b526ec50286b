public import Distributions
public import Torch

/// yᵢ = f(xᵢ; θᵢ) with θᵢ from the inputs before it: one pass forward, d passes back.
///
/// The Jacobian is triangular. Forward it is the step of an inverse autoregressive flow; the other way round
/// (`inverted`) that of a masked autoregressive flow, whose density needs one pass. **Source**: Kingma et al.
/// 2016, arXiv 1606.04934, section 3; Papamakarios, Pavlakou and Murray 2017, arXiv 1705.07057, section 3.
public struct AutoregressiveBijector: Bijector {
  let network: Conditioner.Values
  let family: ElementwiseFamily
  let context: Tensor?

  /// The map of a network made by `Conditioner.autoregressive`, beside a context or none.
  public init(_ network: Conditioner.Values, family: ElementwiseFamily, context: Tensor? = nil) {
    (self.network, self.family, self.context) = (network, family, context)
  }

  /// 1: works on vectors.
  public var eventDims: Int { 1 }

  /// All elements at once.
  public func forward(_ x: Tensor) -> Tensor { elements(x).forward(x) }

  /// Σ log f′.
  public func logDeterminant(_ x: Tensor) -> Tensor { elements(x).logDeterminant(x).sum(dim: -1) }

  /// From one pass of the network.
  public func forwardWithLogDeterminant(_ x: Tensor) -> (y: Tensor, logDeterminant: Tensor) {
    let (y, determinant) = elements(x).forwardWithLogDeterminant(x)
    return (y, determinant.sum(dim: -1))
  }

  /// Element after element.
  public func inverse(_ y: Tensor) -> Tensor {
    var known: [Tensor] = []
    for index in 0..<y.size(-1) {
      let rest = Tensor.zeros(like: y[.ellipsis, index...])
      let x = concatenated(known + [rest], dim: -1)
      known.append(elements(x).inverse(y)[.ellipsis, index..<(index + 1)])
    }
    return concatenated(known, dim: -1)
  }

  /// The same map without the history of its network and context.
  public func detached() -> AutoregressiveBijector {
    AutoregressiveBijector(network.detached(), family: family, context: context?.detached())
  }

  private func elements(_ x: Tensor) -> any Bijector {
    let parameters = network(x, context: context)
    return family.bijector(parameters.unflattened(dim: -1, [x.size(-1), family.parameterCount]))
  }
}

/// Some elements stay as they are and give the maps of the others: one pass in both directions.
///
/// **Source**: Dinh, Sohl-Dickstein and Bengio 2017, arXiv 1605.08803, section 3.2.
public struct CouplingBijector: Bijector {
  let network: Conditioner.Values
  let family: ElementwiseFamily
  let kept: Range<Int>
  let context: Tensor?

  /// A map that keeps a prefix or a suffix of the elements, and whose network takes those.
  public init(
    _ network: Conditioner.Values, family: ElementwiseFamily, keeping kept: Range<Int>,
    context: Tensor? = nil
  ) {
    (self.network, self.family, self.kept, self.context) = (network, family, kept, context)
  }

  /// 1: works on vectors.
  public var eventDims: Int { 1 }

  /// The others mapped.
  public func forward(_ x: Tensor) -> Tensor { forwardWithLogDeterminant(x).y }

  /// The others mapped back.
  public func inverse(_ y: Tensor) -> Tensor { inverseWithLogDeterminant(y).x }

  /// Σ log f′ of the others.
  public func logDeterminant(_ x: Tensor) -> Tensor { forwardWithLogDeterminant(x).logDeterminant }

  /// From one pass of the network.
  public func forwardWithLogDeterminant(_ x: Tensor) -> (y: Tensor, logDeterminant: Tensor) {
    let (elements, moved) = parts(x)
    let (y, determinant) = elements.forwardWithLogDeterminant(moved)
    return (joined(x, y), determinant.sum(dim: -1))
  }

  /// From one pass of the network.
  public func inverseWithLogDeterminant(_ y: Tensor) -> (x: Tensor, logDeterminant: Tensor) {
    let (elements, moved) = parts(y)
    let (x, determinant) = elements.inverseWithLogDeterminant(moved)
    return (joined(y, x), determinant.sum(dim: -1))
  }

  /// The same map without the history of its network and context.
  public func detached() -> CouplingBijector {
    CouplingBijector(
      network.detached(), family: family, keeping: kept, context: context?.detached())
  }

  private func parts(_ x: Tensor) -> (any Bijector, moved: Tensor) {
    let size = x.size(-1)
    let moved = kept.lowerBound == 0 ? kept.upperBound..<size : 0..<kept.lowerBound
    let parameters = network(x[.ellipsis, kept], context: context)
    let shape = [moved.count, family.parameterCount]
    return (family.bijector(parameters.unflattened(dim: -1, shape)), x[.ellipsis, moved])
  }

  private func joined(_ x: Tensor, _ moved: Tensor) -> Tensor {
    let same = x[.ellipsis, kept]
    return concatenated(kept.lowerBound == 0 ? [same, moved] : [moved, same], dim: -1)
  }
}
