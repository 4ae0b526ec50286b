import TorchRaw

/// (x − μ)/√(σ² + ε) · γ + β with moments over the batch and space, or the running ones.
///
/// In training the running moments are updated in place by `momentum`. PyTorch: `F.batch_norm`.
package func batchNorm(
  _ x: Tensor, scale: Tensor?, shift: Tensor?, runningMean: Tensor?, runningVariance: Tensor?,
  training: Bool, momentum: Double, epsilon: Double
) -> Tensor {
  Tensor(
    call(
      .batchNorm, x.argument, scale.argument, shift.argument, runningMean.argument,
      runningVariance.argument, .bool(training), .double(momentum), .double(epsilon), false))
}

/// (x − μ)/√(σ² + ε) · γ + β with moments over the last dimensions `shape`.
/// PyTorch: `F.layer_norm`.
public func layerNorm(
  _ x: Tensor, shape: [Int], scale: Tensor? = nil, shift: Tensor? = nil, epsilon: Double = 1e-5
) -> Tensor {
  Tensor(
    call(
      .layerNorm, x.argument, .ints(shape), scale.argument, shift.argument, .double(epsilon),
      false))
}

/// As `layerNorm`, with moments over space and groups of channels of [n, c, …].
/// PyTorch: `F.group_norm`.
public func groupNorm(
  _ x: Tensor, groups: Int, scale: Tensor? = nil, shift: Tensor? = nil, epsilon: Double = 1e-5
) -> Tensor {
  Tensor(
    call(
      .groupNorm, x.argument, .int(groups), scale.argument, shift.argument, .double(epsilon),
      false))
}

/// x/√(mean x² + ε) · γ over the last dimensions `shape`. PyTorch: `F.rms_norm`.
public func rmsNorm(
  _ x: Tensor, shape: [Int], scale: Tensor? = nil, epsilon: Double? = nil
) -> Tensor {
  Tensor(call(.rmsNorm, x.argument, .ints(shape), scale.argument, .optional(epsilon)))
}

/// Along `dim`, x/max(‖x‖ₚ, ε). PyTorch: `F.normalize`.
public func normalized(
  _ x: Tensor, p: Double = 2, dim: Int = -1, epsilon: Double = 1e-12
) -> Tensor {
  x / x.norm(p, dims: [dim], keepDim: true).clamped(min: epsilon)
}

/// softmax(q kᵀ/√d + mask) v for [..., heads, length, d]. PyTorch:
/// `F.scaled_dot_product_attention`.
///
/// A bool `mask` lets through where true; a floating one is added. `causal` hides the future and
/// excludes `mask`.
public func scaledDotProductAttention(
  query: Tensor, key: Tensor, value: Tensor, mask: Tensor? = nil, causal: Bool = false
) -> Tensor {
  Tensor(
    call(
      .scaledDotProductAttention, query.argument, key.argument, value.argument, mask.argument,
      0.0, .bool(causal)))
}

/// As `layerNorm`, with moments over space of each channel of [n, c, …].
/// PyTorch: `F.instance_norm`.
public func instanceNorm(
  _ x: Tensor, scale: Tensor? = nil, shift: Tensor? = nil, epsilon: Double = 1e-5
) -> Tensor {
  Tensor(
    call(
      .instanceNorm, x.argument, scale.argument, shift.argument, .none, .none, true, 0.1,
      .double(epsilon), false))
}
