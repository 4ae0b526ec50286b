public import LatentCore
public import Torch

/// Which gradient an encoder's output gets from the codeword that took its place.
public enum CodebookGradient: String, Sendable, CaseIterable, ConfigValue {
  /// That of the codeword, as it is (van den Oord et al. 2017, arXiv 1711.00937, section 3.2).
  case straightThrough = "straight-through"
  /// That of the codeword, rotated and scaled back as the codeword is from the output (Fifty et al.
  /// 2024, arXiv 2410.06424, section 4.2).
  case rotation

  /// The codewords q, with this gradient for the encoder's outputs e; q itself gets none.
  ///
  /// Rotation: q̃ = λ R e with λ = ‖q‖/‖e‖ and R = I − 2 r rᵀ + 2 q̂ êᵀ, r = (ê + q̂)/‖ê + q̂‖, both held
  /// constant, so that the gradient of e is λ Rᵀ of that of q̃, at the same angle to e as that to q.
  /// **Shapes**: both `[…, D]`. The value is q to rounding, exactly by straight-through.
  public func callAsFunction(_ outputs: Tensor, codewords: Tensor) -> Tensor {
    let (e, q) = (outputs.detached(), codewords.detached())
    guard self == .rotation else { return q + (outputs - e) }
    let tiny = 1e-12
    let (eNorm, qNorm) = (length(e), length(q))
    let eUnit = e / eNorm.clamped(min: tiny)
    let qUnit = q / qNorm.clamped(min: tiny)
    let sum = eUnit + qUnit
    let axis = sum / length(sum).clamped(min: tiny)
    let reflected = axis * (axis * outputs).sum(dim: -1, keepDim: true)
    let carried = qUnit * (eUnit * outputs).sum(dim: -1, keepDim: true)
    let moved = (outputs - 2 * reflected + 2 * carried) * (qNorm / eNorm.clamped(min: tiny))
    // Takes away what rounding added, so that the decoder sees the codeword itself.
    return moved + (q - moved.detached())
  }

  private func length(_ x: Tensor) -> Tensor { x.norm(2, dims: [-1], keepDim: true) }
}
