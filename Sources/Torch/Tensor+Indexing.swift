import TorchRaw

/// One place of a subscript: an integer, a range, everything, a new dimension, a mask or indices.
public enum TensorIndex {
  /// One slice; the dimension vanishes. Negative counts from the end.
  case at(Int)
  /// The slices `from` ..< `to` in steps; negative ends count from the end.
  case range(from: Int?, to: Int?, step: Int)
  /// The dimension as it is.
  case whole
  /// As many whole dimensions as are left.
  case rest
  /// A new dimension of size 1.
  case inserted
  /// A mask (bool) or indices (int64).
  case tensor(Tensor)
}

/// What can be written in a tensor's subscript.
public protocol TensorIndexing {
  /// The place that the value means.
  var tensorIndex: TensorIndex { get }
}

extension TensorIndex: TensorIndexing {
  /// The index itself.
  public var tensorIndex: TensorIndex { self }
}

extension Int: TensorIndexing {
  /// One slice.
  public var tensorIndex: TensorIndex { .at(self) }
}

extension Range<Int>: TensorIndexing {
  /// The slices of the range.
  public var tensorIndex: TensorIndex { .range(from: lowerBound, to: upperBound, step: 1) }
}

extension ClosedRange<Int>: TensorIndexing {
  /// The slices of the range, its end included.
  public var tensorIndex: TensorIndex { .range(from: lowerBound, to: upperBound + 1, step: 1) }
}

extension PartialRangeFrom<Int>: TensorIndexing {
  /// The slices from here to the end.
  public var tensorIndex: TensorIndex { .range(from: lowerBound, to: nil, step: 1) }
}

extension PartialRangeUpTo<Int>: TensorIndexing {
  /// The slices before this one.
  public var tensorIndex: TensorIndex { .range(from: nil, to: upperBound, step: 1) }
}

extension Tensor: TensorIndexing {
  /// The tensor as mask or indices.
  public var tensorIndex: TensorIndex { .tensor(self) }
}

extension TensorIndexing where Self == TensorIndex {
  /// The dimension as it is; PyTorch: `:`.
  public static var all: TensorIndex { .whole }
  /// As many whole dimensions as are left; PyTorch: `...`.
  public static var ellipsis: TensorIndex { .rest }
  /// A new dimension of size 1; PyTorch: `None`.
  public static var newAxis: TensorIndex { .inserted }
  /// The slices from 0 to the end in steps; PyTorch: `::step`.
  public static func every(_ step: Int) -> TensorIndex { .range(from: nil, to: nil, step: step) }
}

extension Tensor {
  /// The part that the places name, read-only: `x[0]`, `x[1..<3]`, `x[.all, -1]`,
  /// `x[.ellipsis, .newAxis]`, `x[mask]`, `x[indices]`.
  ///
  /// Integers, ranges, `all` and `newAxis` give views; masks and indices copy. Fails as operators
  /// do for a place that does not exist.
  public subscript(_ places: any TensorIndexing...) -> Tensor {
    let list = places.map(\.tensorIndex)
    let consumed = list.count(where: \.takesDimension)
    var result = self
    var dim = 0
    var gathered: [Int: TensorHandle] = [:]
    for place in list {
      switch place {
      case .at(let index):
        result = Tensor(call(.select, result.argument, .int(dim), .int(index)))
      case .range(let from, let to, let step):
        let slice = call(
          .slice, result.argument, .int(dim), .optional(from), .optional(to), .int(step))
        result = Tensor(slice)
        dim += 1
      case .whole:
        dim += 1
      case .rest:
        dim += rank - consumed
      case .inserted:
        result = result.unsqueezed(dim: dim)
        dim += 1
      case .tensor(let index):
        gathered[dim] = index.handle
        dim += index.dtype == .bool ? index.rank : 1
      }
    }
    return gathered.isEmpty ? result : result.gathering(gathered, upTo: dim)
  }

  private func gathering(_ indices: [Int: TensorHandle], upTo end: Int) -> Tensor {
    var list: [TensorHandle] = []
    var dim = 0
    while dim < end {
      let index = indices[dim] ?? .undefined
      list.append(index)
      let tensor = Tensor(index)
      dim += tensor.isDefined && tensor.dtype == .bool ? tensor.rank : 1
    }
    return Tensor(call(.index, argument, .tensors(list)))
  }
}

extension TensorIndex {
  fileprivate var takesDimension: Bool {
    switch self {
    case .rest, .inserted: false
    default: true
    }
  }
}
