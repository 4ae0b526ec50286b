import TorchRaw

extension Tensor {
  /// The part that the places name, read-only: `x[0]`, `x[1..<3]`, `x[.all, -1]`,
  /// `x[.ellipsis, .newAxis]`, `x[.every(2)]`, `x[mask]`, `x[rows, columns]`.
  ///
  /// Integers, ranges, `all` and `newAxis` give views; masks and indices copy. Several index tensors
  /// broadcast together; their common shape stands where they stand if they are neighbours, and in
  /// front otherwise. An integer is no index tensor and leaves its place to its neighbours, as in
  /// PyTorch and unlike NumPy. Fails as operators do for a place that does not exist, for a step
  /// below 1 and for indices that are neither integers nor truth values. PyTorch: `x[…]`.
  public subscript(_ places: any TensorIndexing...) -> Tensor { part(places.map(\.tensorIndex)) }

  /// The tensor with `value` at the places, which are those of the subscript; itself unchanged.
  ///
  /// `value` broadcasts to the shape of `self[places]` and has the same type; where index tensors
  /// name an element twice, one of the values counts. Differentiable in both tensors. Takes an int64
  /// for each element while it works. PyTorch: `x = x.clone(); x[…] = value`.
  public func setting(_ value: Tensor, at places: any TensorIndexing...) -> Tensor {
    setting(value, places.map(\.tensorIndex))
  }

  /// The tensor with a number at the places, which are those of the subscript; itself unchanged.
  public func setting<Scalar: TensorScalar>(
    _ value: Scalar, at places: any TensorIndexing...
  ) -> Tensor {
    let filler = call(
      .full, .ints([]), value.scalarValue.argument, dtype.argument, nil, device.argument)
    return setting(Tensor(filler), places.map(\.tensorIndex))
  }

  private func setting(_ value: Tensor, _ places: [TensorIndex]) -> Tensor {
    let numbers = Tensor.arange(count, device: device).reshaped(shape).part(places)
    guard numbers.isDefined else { return numbers }
    let source = value.expanded(numbers.shape)
    let flat = call(
      .indexPut, flattened().argument, .tensors([numbers.handle]), source.argument)
    return Tensor(flat).reshaped(shape)
  }

  private func part(_ places: [TensorIndex]) -> Tensor {
    if let complaint = complaint(places) {
      TorchError(operation: "subscript", operands: [handle.summary], reason: complaint).raise()
      return Tensor(.undefined)
    }
    var result = self
    var dim = 0
    // One entry a dimension before `dim`, undefined where no tensor indexes it.
    var indices: [TensorHandle] = []
    var isIndexed = false
    func leave(_ dims: Int) {
      indices += (0..<dims).map { _ in .undefined }
      dim += dims
    }
    for place in places {
      switch place {
      case .at(let index):
        result = Tensor(call(.select, result.argument, .int(dim), .int(index)))
      case .range(let from, let to, let step):
        let bounds: (Argument, Argument) = (.optional(from), .optional(to))
        result = Tensor(
          call(.slice, result.argument, .int(dim), bounds.0, bounds.1, .int(step)))
        leave(1)
      case .whole: leave(1)
      case .rest: leave(rank - places.reduce(0) { $0 + $1.rank })
      case .inserted:
        result = result.unsqueezed(dim: dim)
        leave(1)
      case .tensor(let index):
        indices.append(index.handle)
        dim += place.rank
        isIndexed = true
      }
    }
    return isIndexed ? Tensor(call(.index, result.argument, .tensors(indices))) : result
  }

  /// What is wrong with the places as such, or nil.
  private func complaint(_ places: [TensorIndex]) -> String? {
    guard isDefined else { return "an undefined tensor has no parts" }
    var ellipses = 0
    for place in places {
      switch place {
      case .rest: ellipses += 1
      case .range(_, _, let step) where step < 1:
        return "expected a step from 1 up, found \(step); flipped(dims:) reverses an order"
      case .tensor(let index):
        guard index.isDefined else { return "an index tensor is undefined" }
        guard [.bool, .int64, .int32].contains(index.dtype) else {
          return "expected int64 indices or a bool mask, found \(index.dtype)"
        }
        guard index.dtype != .bool || index.rank > 0 else {
          return "expected a mask with dimensions, found a scalar"
        }
      default: break
      }
    }
    if ellipses > 1 { return "expected at most one ellipsis, found \(ellipses)" }
    let taken = places.reduce(0) { $0 + $1.rank }
    return taken > rank ? "\(taken) places for \(rank) dimensions" : nil
  }
}
