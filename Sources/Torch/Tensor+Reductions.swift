import TorchRaw

extension Tensor {
  /// The sum of all elements. PyTorch: `torch.sum`.
  public func sum() -> Tensor { Tensor(call(.sum, argument)) }

  /// The sum over some dimensions, which vanish unless `keepDim`.
  public func sum(dims: [Int], keepDim: Bool = false) -> Tensor {
    Tensor(call(.sumDims, argument, .ints(dims), .bool(keepDim)))
  }

  /// The sum over one dimension, which vanishes unless `keepDim`.
  public func sum(dim: Int, keepDim: Bool = false) -> Tensor { sum(dims: [dim], keepDim: keepDim) }

  /// The mean of all elements. PyTorch: `torch.mean`.
  public func mean() -> Tensor { Tensor(call(.mean, argument)) }

  /// The mean over some dimensions, which vanish unless `keepDim`.
  public func mean(dims: [Int], keepDim: Bool = false) -> Tensor {
    Tensor(call(.meanDims, argument, .ints(dims), .bool(keepDim)))
  }

  /// The mean over one dimension, which vanishes unless `keepDim`.
  public func mean(dim: Int, keepDim: Bool = false) -> Tensor {
    mean(dims: [dim], keepDim: keepDim)
  }

  /// The product of all elements. PyTorch: `torch.prod`.
  public func product() -> Tensor { Tensor(call(.prod, argument)) }

  /// The product over one dimension.
  public func product(dim: Int, keepDim: Bool = false) -> Tensor {
    Tensor(call(.prodDim, argument, .int(dim), .bool(keepDim)))
  }

  /// The variance over `dims` (all of them if nil), divided by n − `correction`.
  /// PyTorch: `torch.var`.
  public func variance(
    dims: [Int]? = nil, correction: Double = 1, keepDim: Bool = false
  ) -> Tensor {
    Tensor(
      call(
        .varCorrection, argument, dims.map(Argument.ints) ?? .none, .double(correction),
        .bool(keepDim)))
  }

  /// The standard deviation over `dims` (all of them if nil), divided by n − `correction`.
  /// PyTorch: `torch.std`.
  public func standardDeviation(
    dims: [Int]? = nil, correction: Double = 1, keepDim: Bool = false
  ) -> Tensor {
    Tensor(
      call(
        .stdCorrection, argument, dims.map(Argument.ints) ?? .none, .double(correction),
        .bool(keepDim)))
  }

  /// The largest element over `dims` (all of them if empty). PyTorch: `torch.amax`.
  public func max(dims: [Int] = [], keepDim: Bool = false) -> Tensor {
    Tensor(call(.amax, argument, .ints(dims), .bool(keepDim)))
  }

  /// The smallest element over `dims` (all of them if empty). PyTorch: `torch.amin`.
  public func min(dims: [Int] = [], keepDim: Bool = false) -> Tensor {
    Tensor(call(.amin, argument, .ints(dims), .bool(keepDim)))
  }

  /// The largest elements along `dim` and where they are (int64). PyTorch: `torch.max(dim=)`.
  public func maxWithIndices(dim: Int, keepDim: Bool = false) -> (values: Tensor, indices: Tensor) {
    pair(callMany(.maxDim, count: 2, argument, .int(dim), .bool(keepDim)))
  }

  /// The smallest elements along `dim` and where they are (int64). PyTorch: `torch.min(dim=)`.
  public func minWithIndices(dim: Int, keepDim: Bool = false) -> (values: Tensor, indices: Tensor) {
    pair(callMany(.minDim, count: 2, argument, .int(dim), .bool(keepDim)))
  }

  /// The index of the largest element along `dim`, or in row-major order. PyTorch: `torch.argmax`.
  public func argMax(dim: Int? = nil, keepDim: Bool = false) -> Tensor {
    Tensor(call(.argmax, argument, .optional(dim), .bool(keepDim)))
  }

  /// The index of the smallest element along `dim`, or in row-major order. PyTorch: `torch.argmin`.
  public func argMin(dim: Int? = nil, keepDim: Bool = false) -> Tensor {
    Tensor(call(.argmin, argument, .optional(dim), .bool(keepDim)))
  }

  /// Whether all elements are true (not zero). PyTorch: `torch.all`.
  public func all() -> Tensor { Tensor(call(.all, argument)) }

  /// Whether all elements along `dim` are true.
  public func all(dim: Int, keepDim: Bool = false) -> Tensor {
    Tensor(call(.allDim, argument, .int(dim), .bool(keepDim)))
  }

  /// Whether any element is true (not zero). PyTorch: `torch.any`.
  public func any() -> Tensor { Tensor(call(.any, argument)) }

  /// Whether any element along `dim` is true.
  public func any(dim: Int, keepDim: Bool = false) -> Tensor {
    Tensor(call(.anyDim, argument, .int(dim), .bool(keepDim)))
  }

  /// log Σ exp over `dims` without overflow. PyTorch: `torch.logsumexp`.
  public func logSumExp(dims: [Int], keepDim: Bool = false) -> Tensor {
    Tensor(call(.logsumexp, argument, .ints(dims), .bool(keepDim)))
  }

  /// log Σ exp over one dimension without overflow.
  public func logSumExp(dim: Int, keepDim: Bool = false) -> Tensor {
    logSumExp(dims: [dim], keepDim: keepDim)
  }

  /// The vector norm (Σ |x|ᵖ)^(1/p) over `dims` (all if nil). PyTorch: `torch.linalg.vector_norm`.
  public func norm(_ p: Double = 2, dims: [Int]? = nil, keepDim: Bool = false) -> Tensor {
    Tensor(
      call(.norm, argument, .double(p), dims.map(Argument.ints) ?? .none, .bool(keepDim)))
  }

  /// The median of all elements, the lower of two. PyTorch: `torch.median`.
  public func median() -> Tensor { Tensor(call(.median, argument)) }

  /// The quantiles `q` in [0, 1] along `dim`, interpolated linearly; they become the first
  /// dimension. PyTorch: `torch.quantile`.
  public func quantile(_ q: [Double], dim: Int? = nil) -> Tensor {
    let levels = Tensor(q, dtype: dtype).to(device)
    return Tensor(call(.quantile, argument, levels.argument, .optional(dim), false))
  }

  /// How many elements along `dims` are not zero. PyTorch: `torch.count_nonzero`.
  public func countNonzero(dims: [Int]) -> Tensor {
    Tensor(call(.countNonzero, argument, .ints(dims)))
  }

  /// The running sum along `dim`. PyTorch: `torch.cumsum`.
  public func cumulativeSum(dim: Int) -> Tensor { Tensor(call(.cumsum, argument, .int(dim))) }

  /// The running product along `dim`. PyTorch: `torch.cumprod`.
  public func cumulativeProduct(dim: Int) -> Tensor { Tensor(call(.cumprod, argument, .int(dim))) }

  /// The running maximum along `dim` and where it was. PyTorch: `torch.cummax`.
  public func cumulativeMax(dim: Int) -> (values: Tensor, indices: Tensor) {
    pair(callMany(.cummax, count: 2, argument, .int(dim)))
  }

  /// The running log Σ exp along `dim`. PyTorch: `torch.logcumsumexp`.
  public func cumulativeLogSumExp(dim: Int) -> Tensor {
    Tensor(call(.logcumsumexp, argument, .int(dim)))
  }

  /// How often each integer 0, 1, … occurs in a vector of integers. PyTorch: `torch.bincount`.
  public func binCount(minimumLength: Int = 0) -> Tensor {
    Tensor(call(.bincount, argument, nil, .int(minimumLength)))
  }
}

/// The first two results of an operator.
func pair(_ handles: [TensorHandle]) -> (values: Tensor, indices: Tensor) {
  (Tensor(handles[0]), Tensor(handles[1]))
}
