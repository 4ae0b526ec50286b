import Torch

/// The shape that two shapes broadcast to, or nil if they do not.
func broadcastShape(_ a: [Int], _ b: [Int]) -> [Int]? {
  if a == b { return a }
  let rank = max(a.count, b.count)
  let left = [Int](repeating: 1, count: rank - a.count) + a
  let right = [Int](repeating: 1, count: rank - b.count) + b
  var result: [Int] = []
  for (x, y) in zip(left, right) {
    guard x == y || x == 1 || y == 1 else { return nil }
    result.append(x == 1 ? y : x)
  }
  return result
}

/// The parameters of a distribution expanded to their common shape; themselves if they have one.
///
/// Fails as operators do, naming the distribution, for types that differ or are not floating-point
/// and for shapes that do not broadcast.
func broadcastParameters(_ operation: String, _ tensors: [Tensor]) -> [Tensor] {
  guard tensors.allSatisfy(\.isDefined) else { return tensors }
  let dtype = tensors[0].dtype
  guard dtype.isFloatingPoint, tensors.allSatisfy({ $0.dtype == dtype }) else {
    fail(operation, tensors, "expected parameters of one floating-point type")
    return tensors
  }
  var shape = tensors[0].shape
  for tensor in tensors.dropFirst() {
    guard let common = broadcastShape(shape, tensor.shape) else {
      fail(operation, tensors, "the parameters' shapes do not broadcast")
      return tensors
    }
    shape = common
  }
  return tensors.map { $0.shape == shape ? $0 : $0.expanded(shape) }
}

/// Fails as operators do unless the tensor is floating-point and has at least `rank` dimensions.
func checkVector(_ operation: String, _ tensor: Tensor, rank: Int = 1) {
  guard tensor.isDefined else { return }
  if !tensor.dtype.isFloatingPoint {
    fail(operation, [tensor], "expected floating-point numbers")
  } else if tensor.rank < rank {
    fail(operation, [tensor], "expected at least \(rank) dimensions, found \(tensor.rank)")
  }
}

extension Tensor {
  /// The sum over the last `dims` dimensions.
  func sumOfLast(_ dims: Int) -> Tensor {
    dims == 0 ? self : sum(dims: (1...dims).map { -$0 })
  }

  /// Itself, expanded to a shape it may have already.
  func broadcast(to shape: [Int]) -> Tensor { self.shape == shape ? self : expanded(shape) }
}

/// eˣ − 1 − x, which is never negative, without cancellation of the ones.
///
/// expm1 may round to the wrong side of x for tiny x, hence the relu, whose gradient costs one operator
/// where a clamp's costs three.
func exponentialExcess(_ x: Tensor) -> Tensor { relu(expm1(x) - x) }
