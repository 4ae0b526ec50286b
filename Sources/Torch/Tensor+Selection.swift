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

  /// One-hot rows of int64 class numbers, [..., classes]. PyTorch: `one_hot`.
  public func oneHot(classes: Int) -> Tensor { Tensor(call(.oneHot, argument, .int(classes))) }
}

/// Rows of `table` [n, d] named by int64 `indices` of any shape. PyTorch: `F.embedding`.
public func embedding(_ indices: Tensor, table: Tensor, paddingIndex: Int? = nil) -> Tensor {
  Tensor(call(.embedding, table.argument, indices.argument, .int(paddingIndex ?? -1)))
}
