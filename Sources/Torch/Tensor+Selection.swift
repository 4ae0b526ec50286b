import TorchRaw

extension Tensor {
  /// The slices with these int64 indices along `dim`. PyTorch: `index_select`.
  public func selected(_ indices: Tensor, dim: Int) -> Tensor {
    Tensor(call(.indexSelect, argument, .int(dim), indices.argument))
  }

  /// out[i][j] = self[i][index[i][j]] for `dim` 1, and likewise. PyTorch: `gather`.
  public func gathered(_ indices: Tensor, dim: Int) -> Tensor {
    Tensor(call(.gather, argument, .int(dim), indices.argument))
  }

  /// The tensor with `source` written where `indices` say along `dim`. PyTorch: `scatter`.
  public func scattering(_ source: Tensor, at indices: Tensor, dim: Int) -> Tensor {
    Tensor(call(.scatter, argument, .int(dim), indices.argument, source.argument))
  }

  /// The tensor with `source` added where `indices` say along `dim`. PyTorch: `scatter_add`.
  public func scatterAdding(_ source: Tensor, at indices: Tensor, dim: Int) -> Tensor {
    Tensor(call(.scatterAdd, argument, .int(dim), indices.argument, source.argument))
  }

  /// The tensor with slices of `source` added at `indices` along `dim`. PyTorch: `index_add`.
  public func indexAdding(_ source: Tensor, at indices: Tensor, dim: Int) -> Tensor {
    Tensor(call(.indexAdd, argument, .int(dim), indices.argument, source.argument))
  }

  /// The elements where `mask` is true, as a vector. PyTorch: `masked_select`.
  public func selected(where mask: Tensor) -> Tensor {
    Tensor(call(.maskedSelect, argument, mask.argument))
  }

  /// The coordinates [n, rank] of the elements that are not zero. PyTorch: `nonzero`.
  public func nonzero() -> Tensor { Tensor(call(.nonzero, argument)) }

  /// The elements in order along `dim` and where they were; equal ones keep their order.
  /// PyTorch: `sort(stable=True)`.
  public func sorted(dim: Int = -1, descending: Bool = false) -> (values: Tensor, indices: Tensor) {
    pair(callMany(.sort, count: 2, argument, true, .int(dim), .bool(descending)))
  }

  /// The indices that would sort along `dim`. PyTorch: `argsort(stable=True)`.
  public func argSorted(dim: Int = -1, descending: Bool = false) -> Tensor {
    Tensor(call(.argsort, argument, true, .int(dim), .bool(descending)))
  }

  /// The `k` largest (or smallest) along `dim`, in order, and where they are. PyTorch: `topk`.
  public func top(
    _ k: Int, dim: Int = -1, largest: Bool = true
  ) -> (values: Tensor, indices: Tensor) {
    pair(callMany(.topk, count: 2, argument, .int(k), .int(dim), .bool(largest), true))
  }

  /// The distinct slices along `dim` in order, which of them each slice is, and how often each
  /// occurs. PyTorch: `unique(dim=)`.
  public func uniqueSlices(dim: Int) -> (values: Tensor, inverse: Tensor, counts: Tensor) {
    let results = callMany(.uniqueDim, count: 3, argument, .int(dim), true, true, true)
    return (Tensor(results[0]), Tensor(results[1]), Tensor(results[2]))
  }

  /// The distinct elements in order, and how often each occurs. PyTorch: `unique`.
  public func unique() -> (values: Tensor, counts: Tensor) {
    let results = callMany(.unique, count: 3, argument, true, false, true)
    return (Tensor(results[0]), Tensor(results[2]))
  }

  /// Where `values` would go in this sorted vector. PyTorch: `searchsorted`.
  public func insertionIndices(of values: Tensor, right: Bool = false) -> Tensor {
    Tensor(call(.searchsorted, argument, values.argument, false, .bool(right)))
  }

  /// Elements kept within `lower` … `upper`. PyTorch: `clamp`.
  public func clamped(min lower: Double? = nil, max upper: Double? = nil) -> Tensor {
    Tensor(call(.clamp, argument, .optional(lower), .optional(upper)))
  }

  /// Elements kept within tensors of bounds, with broadcasting. PyTorch: `clamp`.
  public func clamped(min lower: Tensor? = nil, max upper: Tensor? = nil) -> Tensor {
    Tensor(call(.clampTensor, argument, lower.argument, upper.argument))
  }

  /// As `gathered`, with broadcasting of the other dimensions. PyTorch: `take_along_dim`.
  public func takenAlong(_ indices: Tensor, dim: Int) -> Tensor {
    Tensor(call(.takeAlongDim, argument, indices.argument, .int(dim)))
  }

  /// The tensor with `source` joined to the elements that `indices` name along `dim`; they are left
  /// out themselves unless `includingSelf`. PyTorch: `scatter_reduce`.
  public func scatterReducing(
    _ source: Tensor, at indices: Tensor, dim: Int, by reduction: ScatterReduction,
    includingSelf: Bool = true
  ) -> Tensor {
    Tensor(
      call(
        .scatterReduce, argument, .int(dim), indices.argument, source.argument,
        .string(reduction.rawValue), .bool(includingSelf)))
  }

  /// In which of the bins between sorted `boundaries` elements lie (int64). PyTorch: `bucketize`.
  public func bucketed(_ boundaries: Tensor, right: Bool = false) -> Tensor {
    Tensor(call(.bucketize, argument, boundaries.argument, false, .bool(right)))
  }

  /// One-hot rows of int64 class numbers, [..., classes]. PyTorch: `one_hot`.
  public func oneHot(classes: Int) -> Tensor { Tensor(call(.oneHot, argument, .int(classes))) }
}

/// Rows of `table` [n, d] named by int64 `indices` of any shape. PyTorch: `F.embedding`.
public func embedding(_ indices: Tensor, table: Tensor, paddingIndex: Int? = nil) -> Tensor {
  Tensor(call(.embedding, table.argument, indices.argument, .int(paddingIndex ?? -1)))
}

/// How `scatterReducing` joins elements.
public enum ScatterReduction: String, Sendable {
  /// Their sum.
  case sum
  /// Their product.
  case product = "prod"
  /// Their mean.
  case mean
  /// The largest.
  case max = "amax"
  /// The smallest.
  case min = "amin"
}
