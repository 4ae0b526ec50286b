import LatentCore
import Torch

/// Is the bound much better on what the model was trained on?
///
/// Train less held-out mean bound above 10 % of its size and three standard errors is a warning, above
/// 30 % severe.
public struct Overfitting: DiagnosticCheck {
  /// The check.
  public init() {}

  /// `overfitting`.
  public var name: String { "overfitting" }
  /// What is looked at.
  public var question: String { "Is the bound much better on what the model was trained on?" }

  /// That it is.
  public func findings(_ patient: Patient) -> [Finding]? {
    guard let method = patient.method as? any Scores else { return nil }
    let train = method.score(patient.train, using: patient.generator).to(.float64)
    let held = method.score(patient.held, using: patient.generator).to(.float64)
    let gap = (train.mean() - held.mean()).item()
    let error = (squaredError(train) + squaredError(held)).squareRoot()
    let share = gap / max(abs(held.mean().item()), 1e-12)
    guard share > 0.1, gap > 3 * error else { return [] }
    return [
      Finding(
        "overfitting", share > 0.3 ? .severe : .warning,
        "The model fits its training examples far better than held-out ones.",
        evidence: [
          .init(
            "train less held-out bound", gap, unit: "nat", threshold: "above three standard errors"),
          .init("as a share of the bound", share, threshold: "above 0.1 (warning) or 0.3 (severe)"),
        ],
        remedy: patient.remedy(
          Remedy.lessMemory,
          otherwise: "Use a smaller network or more data: it stops early and decays already."))
    ]
  }

  /// The squared standard error of the mean.
  private func squaredError(_ values: Tensor) -> Double {
    let count = values.size(0)
    return count > 1 ? values.variance(dims: [0]).item() / Double(count) : 0
  }
}
