public import Torch

/// How well a linear map with a quadratic penalty reads real targets from frozen codes.
///
/// W, b minimise ‖Y − X W − b‖² + α ‖W‖² with α chosen on validation. scikit-learn: `Ridge(alpha=)` after `StandardScaler`.
public struct RidgeProbe {
  /// W `[d, targets]` for standardised codes.
  public let weight: Tensor
  /// The targets' means `[targets]`.
  public let intercept: Tensor
  /// What the codes were standardised by.
  public let standardizer: Standardizer
  /// The penalty α that was chosen.
  public let alpha: Double

  /// Fits codes `[n, d]` and targets `[n, t]` or `[n]`; α is the one of `penalties` with the best mean R² on validation, the
  /// larger of equal ones, and both parts are fitted together at the end.
  ///
  /// Throws `MetricError` for wrong lengths, widths and numbers that are not finite.
  public init(
    train: (codes: Tensor, targets: Tensor), validation: (codes: Tensor, targets: Tensor),
    penalties: [Double] = [1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100, 1e3, 1e4]
  ) throws {
    let (x, y) = try pairedTables(train.codes, train.targets, metric: "ridge-probe")
    let (u, v) = try pairedTables(
      validation.codes, validation.targets, metric: "ridge-probe", minimum: 1)
    guard x.size(1) == u.size(1), y.size(1) == v.size(1) else {
      throw MetricError(
        metric: "ridge-probe",
        "expected training and validation parts of one width, found \(x.shape) and \(u.shape)",
        remedy: "split one table of codes and targets")
    }
    let scaling = Standardizer(fitting: x)
    let scores = penalties.sorted(by: >).map { alpha in
      let found = Self.solve(scaling(x), y, alpha: alpha)
      let predicted = matmul(scaling(u), found.weight) + found.intercept
      return (alpha: alpha, score: coefficients(predicted, v).mean().item())
    }
    guard let best = scores.map(\.score).max(),
      let chosen = scores.first(where: { $0.score == best })?.alpha, chosen > 0
    else {
      throw MetricError(
        metric: "ridge-probe", "expected positive penalties, found \(penalties)",
        remedy: "leave them out for 1e-4 … 1e4")
    }
    alpha = chosen
    let joined = concatenated([x, u])
    standardizer = Standardizer(fitting: joined)
    (weight, intercept) = Self.solve(standardizer(joined), concatenated([y, v]), alpha: chosen)
  }

  /// (XᵀX + α I)⁻¹ Xᵀ(Y − ȳ) for centred X, and ȳ.
  static func solve(
    _ x: Tensor, _ y: Tensor, alpha: Double
  ) -> (weight: Tensor, intercept: Tensor) {
    let mean = y.mean(dim: 0)
    let gram = matmul(x.transposed(), x) + alpha * Tensor.eye(x.size(1), dtype: .float64)
    return (LinearAlgebra.solve(gram, matmul(x.transposed(), y - mean)), mean)
  }

  /// The predicted targets of codes `[n, d]`, `[n, targets]`.
  public func predict(_ codes: Tensor) -> Tensor {
    matmul(standardizer(codes.to(.float64)), weight) + intercept
  }

  /// R² of each target on other codes and targets, `[targets]`: 1 − Σ(y − ŷ)²/Σ(y − ȳ)²; a constant target has 0.
  public func determination(codes: Tensor, targets: Tensor) -> [Double] {
    let table = targets.to(.float64).reshaped([targets.size(0), -1])
    return coefficients(predict(codes), table).scalars(as: Double.self)
  }
}

/// 1 − Σ(y − ŷ)²/Σ(y − ȳ)² of each column; 0 for a constant target.
private func coefficients(_ predicted: Tensor, _ targets: Tensor) -> Tensor {
  let total = squared(targets - targets.mean(dim: 0)).sum(dim: 0)
  let rest = squared(targets - predicted).sum(dim: 0)
  return (1 - rest / total).replacing(with: 0.0, where: total .== 0.0)
}
