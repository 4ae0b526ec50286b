public import Torch

/// Normalises each channel by the moments of the batch: y = (x − μ) / √(σ² + ε) · γ + β.
///
/// In training μ and σ² (the biased one) are the batch's, over all dimensions but the second, and the
/// running moments move towards them: r ← (1 − m) r + m · batch, with the unbiased variance. In evaluation
/// μ and σ² are the running moments. **Shapes**: x `[B, C]` or `[B, C, S…]` → y the same; parameters and
/// buffers `[C]`. **Fails** in training if a channel has a single value. **Source**: Ioffe and Szegedy
/// 2015, arXiv:1502.03167. PyTorch: `nn.BatchNorm1d`, `nn.BatchNorm2d`, `nn.BatchNorm3d`.
public final class BatchNorm: Module, UnaryLayer {
  /// How the running moments follow the batches.
  public enum Momentum: Sendable, Hashable, Codable {
    /// m, a number from 0 to 1.
    case fixed(Double)
    /// m = 1/n after n batches: the plain mean of all. PyTorch: `momentum=None`.
    case cumulative
    /// There are no running moments; evaluation uses the batch's. PyTorch:
    /// `track_running_stats=False`.
    case untracked
  }

  /// γ, starts at one.
  public let weight: Parameter?
  /// β, starts at zero.
  public let bias: Parameter?
  /// The running μ, starts at zero.
  public let runningMean: Buffer?
  /// The running σ², starts at one.
  public let runningVariance: Buffer?
  /// The batches seen in training, int64.
  public let batchCount: Buffer?
  /// ε, added to the variance.
  public let epsilon: Double
  /// How the running moments follow the batches.
  public let momentum: Momentum

  /// A layer for `channels` channels; `affine` says whether γ and β exist.
  public init(
    _ channels: Int, epsilon: Double = 1e-5, momentum: Momentum = .fixed(0.1), affine: Bool = true
  ) {
    let ones = Tensor.ones([channels], device: .cpu)
    let zeros = Tensor.zeros([channels], device: .cpu)
    weight = affine ? Parameter(ones) : nil
    bias = affine ? Parameter(zeros) : nil
    let isTracked = momentum != .untracked
    runningMean = isTracked ? Buffer(zeros) : nil
    runningVariance = isTracked ? Buffer(ones) : nil
    batchCount = isTracked ? Buffer(Tensor(0, dtype: .int64)) : nil
    self.epsilon = epsilon
    self.momentum = momentum
  }

  /// `x` normalised; in training mode the running moments move.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    let usesBatch = mode == .training || momentum == .untracked
    if usesBatch { checkBatch(x.shape) }
    return batchNorm(
      x, scale: weight?.value, shift: bias?.value, runningMean: runningMean?.value,
      runningVariance: runningVariance?.value, training: usesBatch, momentum: nextMomentum(),
      epsilon: epsilon)
  }

  /// m for this call; counts the batch in training.
  private func nextMomentum() -> Double {
    if mode == .training, let batchCount { batchCount.value = batchCount.value + 1 }
    switch momentum {
    case .fixed(let momentum): return momentum
    case .cumulative:
      return mode == .training ? 1 / max(batchCount?.value.item() ?? 1, 1) : 0
    case .untracked: return 0
    }
  }

  private func checkBatch(_ shape: [Int]) {
    let values = shape.enumerated().reduce(1) { $1.offset == 1 ? $0 : $0 * $1.element }
    require(
      values > 1, "BatchNorm",
      "the input is \(shape), expected more than one value a channel in training")
  }
}
