public import Torch

extension Normal {
  /// ½ [e^δ − 1 − δ + (μ − μ′)²/σ′²] with δ = log σ² − log σ′², in nats.
  public func klDivergence(to q: Normal) -> Tensor {
    let spread = exponentialExcess(logVariance - q.logVariance)
    return 0.5 * (spread + squared(q.standardized(mean)))
  }

  /// ½ [σ² − 1 − log σ² + μ²] in nats. Source: Kingma and Welling 2014, arXiv 1312.6114, appendix B.
  public func klDivergence(to q: StandardNormal) -> Tensor {
    let value =
      gaussianDivergence(mean: mean, logVariance: logVariance)
      ?? 0.5 * (exponentialExcess(logVariance) + squared(mean))
    return value.broadcast(to: broadcastShape(batchShape, q.batchShape) ?? batchShape)
  }
}

extension StandardNormal {
  /// Zero.
  public func klDivergence(to q: StandardNormal) -> Tensor {
    let shape = broadcastShape(batchShape, q.batchShape) ?? batchShape
    return .zeros(shape, dtype: dtype, device: device)
  }

  /// The same distribution with its parameters written out.
  public var normal: Normal { Normal(mean: mean, logVariance: mean) }
}
