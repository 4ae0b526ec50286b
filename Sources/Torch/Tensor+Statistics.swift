import TorchRaw

extension Tensor {
  /// How many elements fall into each of `bins` equal bins of [`lower`, `upper`], in the tensor's
  /// type; those outside count nowhere. The last bin holds its upper end. PyTorch: `torch.histc`.
  public func histogram(bins: Int, from lower: Double, to upper: Double) -> Tensor {
    Tensor(call(.histc, argument, .int(bins), .double(lower), .double(upper)))
  }

  /// The sum without NaN, over `dims` or all. PyTorch: `torch.nansum`.
  public func sumIgnoringNaN(dims: [Int]? = nil, keepDim: Bool = false) -> Tensor {
    Tensor(call(.nansum, argument, dims.map(Argument.ints) ?? .none, .bool(keepDim)))
  }

  /// The mean without NaN, over `dims` or all. PyTorch: `torch.nanmean`.
  public func meanIgnoringNaN(dims: [Int]? = nil, keepDim: Bool = false) -> Tensor {
    Tensor(call(.nanmean, argument, dims.map(Argument.ints) ?? .none, .bool(keepDim)))
  }

  /// The median along `dim`, the lower of two, and where it is (int64).
  /// PyTorch: `torch.median(dim=)`.
  public func medianWithIndices(
    dim: Int, keepDim: Bool = false
  ) -> (values: Tensor, indices: Tensor) {
    pair(callMany(.medianDim, count: 2, argument, .int(dim), .bool(keepDim)))
  }

  /// The `k`th smallest along `dim`, counted from 1, and where it is. PyTorch: `torch.kthvalue`.
  public func kthSmallest(
    _ k: Int, dim: Int = -1, keepDim: Bool = false
  ) -> (values: Tensor, indices: Tensor) {
    pair(callMany(.kthvalue, count: 2, argument, .int(k), .int(dim), .bool(keepDim)))
  }

  /// The running minimum along `dim` and where it was. PyTorch: `torch.cummin`.
  public func cumulativeMin(dim: Int) -> (values: Tensor, indices: Tensor) {
    pair(callMany(.cummin, count: 2, argument, .int(dim)))
  }

  /// Differences of neighbours along `dim`, taken `order` times. PyTorch: `torch.diff`.
  public func differences(order: Int = 1, dim: Int = -1) -> Tensor {
    Tensor(call(.diff, argument, .int(order), .int(dim)))
  }

  /// The covariances [d, d] of the rows of [d, n], divided by n − `correction`.
  /// PyTorch: `torch.cov`.
  public func covariance(correction: Int = 1) -> Tensor {
    Tensor(call(.cov, argument, .int(correction)))
  }

  /// The correlations [d, d] of the rows of [d, n]. PyTorch: `torch.corrcoef`.
  public func correlation() -> Tensor { Tensor(call(.corrcoef, argument)) }
}
