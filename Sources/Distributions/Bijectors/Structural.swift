public import Torch

/// The components of vectors in another order: y[i] = x[order[i]]. PyTorch: `PermuteTransform`.
public struct PermutationBijector: Bijector {
  /// Where each component of the output comes from, int64 [d].
  public let order: Tensor
  private let back: Tensor

  /// From a vector that holds 0 ..< d once each; fails as operators do otherwise.
  public init(_ order: Tensor) {
    self.order = order
    back = order.argSorted(dim: -1)
    let sorted = order.rank == 1 && order.sorted().values.isEqual(to: .arange(order.count))
    if !sorted {
      fail("PermutationBijector", [order], "expected the integers 0 to d - 1, once each")
    }
  }

  /// 1: works on vectors.
  public var eventDims: Int { 1 }
  /// Components in the new order.
  public func forward(_ x: Tensor) -> Tensor { x.selected(order, dim: -1) }
  /// Components in the old order.
  public func inverse(_ y: Tensor) -> Tensor { y.selected(back, dim: -1) }
  /// 0.
  public func logDeterminant(_ x: Tensor) -> Tensor { Tensor.zeros(like: x[.ellipsis, 0]) }
  /// The same set in every component.
  public func image(of support: Constraint) -> Constraint { support }
}

/// A map the other way round. PyTorch: `Transform.inv`.
public struct InverseBijector<Base: Bijector>: Bijector {
  /// The map that this one undoes.
  public let base: Base

  /// The inverse of a map.
  public init(_ base: Base) { self.base = base }

  /// That of the base.
  public var eventDims: Int { base.eventDims }
  /// The base's inverse.
  public func forward(_ x: Tensor) -> Tensor { base.inverse(x) }
  /// The base.
  public func inverse(_ y: Tensor) -> Tensor { base.forward(y) }
  /// Minus the base's, at the image of x.
  public func logDeterminant(_ x: Tensor) -> Tensor {
    -base.inverseWithLogDeterminant(x).logDeterminant
  }
  /// By the base's inverse with its determinant.
  public func forwardWithLogDeterminant(_ x: Tensor) -> (y: Tensor, logDeterminant: Tensor) {
    let (y, determinant) = base.inverseWithLogDeterminant(x)
    return (y, -determinant)
  }
  /// By the base with its determinant.
  public func inverseWithLogDeterminant(_ y: Tensor) -> (x: Tensor, logDeterminant: Tensor) {
    let (x, determinant) = base.forwardWithLogDeterminant(y)
    return (x, -determinant)
  }
  /// The same map without the history of its parameters.
  public func detached() -> InverseBijector { InverseBijector(base.detached()) }
}

/// Maps one after the other, the first in the list first. PyTorch: `ComposeTransform`.
///
/// The event has as many dimensions as that of the map with most; log-determinants of the others
/// are summed over the rest.
public struct ChainBijector: Bijector {
  /// The maps, in the order of `forward`.
  public let maps: [any Bijector]

  /// Maps one after the other.
  public init(_ maps: [any Bijector]) { self.maps = maps }

  /// The largest of the maps'.
  public var eventDims: Int { maps.map(\.eventDims).max() ?? 0 }

  /// All maps in order.
  public func forward(_ x: Tensor) -> Tensor { maps.reduce(x) { $1.forward($0) } }

  /// All inverses in reverse order.
  public func inverse(_ y: Tensor) -> Tensor { maps.reversed().reduce(y) { $1.inverse($0) } }

  /// The sum of the maps'.
  public func logDeterminant(_ x: Tensor) -> Tensor {
    forwardWithLogDeterminant(x).logDeterminant
  }

  /// In one pass.
  public func forwardWithLogDeterminant(_ x: Tensor) -> (y: Tensor, logDeterminant: Tensor) {
    var total = zeroDeterminant(x)
    var value = x
    for map in maps {
      let (next, determinant) = map.forwardWithLogDeterminant(value)
      total += determinant.sumOfLast(eventDims - map.eventDims)
      value = next
    }
    return (value, total)
  }

  /// In one pass.
  public func inverseWithLogDeterminant(_ y: Tensor) -> (x: Tensor, logDeterminant: Tensor) {
    var total = zeroDeterminant(y)
    var value = y
    for map in maps.reversed() {
      let (next, determinant) = map.inverseWithLogDeterminant(value)
      total += determinant.sumOfLast(eventDims - map.eventDims)
      value = next
    }
    return (value, total)
  }

  private func zeroDeterminant(_ x: Tensor) -> Tensor {
    .zeros(Array(x.shape.dropLast(eventDims)), dtype: x.dtype, device: x.device)
  }

  /// That of the maps in order.
  public func image(of support: Constraint) -> Constraint {
    maps.reduce(support) { $1.image(of: $0) }
  }

  /// The same maps without the history of their parameters.
  public func detached() -> ChainBijector { ChainBijector(maps.map { $0.detached() }) }
}
