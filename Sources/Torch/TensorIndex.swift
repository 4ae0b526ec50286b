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
  /// A mask (bool) or indices (int64 or int32).
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
  /// The slices of the range, its end included; `-3 ... -1` are the last three.
  public var tensorIndex: TensorIndex {
    .range(from: lowerBound, to: upperBound == -1 ? nil : upperBound + 1, step: 1)
  }
}

extension PartialRangeFrom<Int>: TensorIndexing {
  /// The slices from here to the end.
  public var tensorIndex: TensorIndex { .range(from: lowerBound, to: nil, step: 1) }
}

extension PartialRangeUpTo<Int>: TensorIndexing {
  /// The slices before this one.
  public var tensorIndex: TensorIndex { .range(from: nil, to: upperBound, step: 1) }
}

extension PartialRangeThrough<Int>: TensorIndexing {
  /// The slices up to this one, included.
  public var tensorIndex: TensorIndex {
    .range(from: nil, to: upperBound == -1 ? nil : upperBound + 1, step: 1)
  }
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
  /// Every `step`th slice of `start` ..< `end`, of all if both are nil; PyTorch: `start:end:step`.
  ///
  /// A step below 1 fails as operators do: LibTorch has no reversed views, `flipped` copies.
  public static func every(
    _ step: Int, from start: Int? = nil, to end: Int? = nil
  ) -> TensorIndex {
    .range(from: start, to: end, step: step)
  }
}

extension TensorIndex {
  /// The dimensions of the tensor that this place takes.
  var rank: Int {
    switch self {
    case .rest, .inserted: 0
    case .tensor(let index): index.isDefined && index.dtype == .bool ? index.rank : 1
    default: 1
    }
  }
}
