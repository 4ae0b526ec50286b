public import Torch

/// An inverse Wishart prior over a diagonal noise covariance, up to its constant.
///
/// log p(σ²) = −½ (ν + K + 1) Σ_k log σ_k² − ½ s Σ_k 1/σ_k² + constant, K the number of outputs: it keeps the
/// noise, which is learned as a mode, from vanishing. **Source**: Harrison, Willes and Snoek 2024,
/// arXiv 2404.11599, section 3.
public struct NoisePrior: Sendable, Hashable {
  /// ν, the degrees of freedom.
  public var degrees: Double
  /// s, the scale.
  public var scale: Double

  /// A prior of one degree of freedom; a small scale says little about small noise.
  public init(degrees: Double = 1, scale: Double = 0.01) {
    self.degrees = degrees
    self.scale = scale
  }

  /// log p(σ²) of log σ² `[K]`, a scalar in nats, without the constant.
  public func logDensity(logVariance: Tensor) -> Tensor {
    let power = 0.5 * (degrees + Double(logVariance.count) + 1)
    return -power * logVariance.sum() - 0.5 * scale * exp(-logVariance).sum()
  }
}
