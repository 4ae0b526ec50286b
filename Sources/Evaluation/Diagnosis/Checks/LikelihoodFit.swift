import LatentCore
import Torch

/// Does the likelihood suit the data?
///
/// Bernoulli: grey values that are not binarised (more than 5 % within 0.05 … 0.95) have no such
/// likelihood, a warning. Gaussian: the residuals' root mean square beside σ; outside of a factor 2 is a
/// warning, outside of a factor 5 severe, since the bound then says little of the fit. **Source**:
/// Loaiza-Ganem & Cunningham 2019, arXiv 1907.06845; Rybkin et al. 2021, arXiv 2006.13202.
public struct LikelihoodFit: DiagnosticCheck {
  /// The check.
  public init() {}

  /// `likelihood`.
  public var name: String { "likelihood" }
  /// What is looked at.
  public var question: String { "Does the likelihood suit the data?" }

  /// A likelihood of something else, a scale that is off.
  public func findings(_ patient: Patient) -> [Finding]? {
    guard
      let density = patient.inside?.likelihood?.density ?? (patient.method as? any Scores)?.density
    else { return nil }
    if let sigma = patient.number("sigma"), patient.word("likelihood") == "gaussian" {
      return (patient.method as? any Reconstructs).map { scale(sigma, $0, patient) }
    }
    guard density == "cross-entropy of grey values" else { return [] }
    let grey = ((patient.held .> 0.05).to(.float64) * (patient.held .< 0.95).to(.float64))
      .mean().item()
    guard grey > 0.05 else { return [] }
    return [
      Finding(
        "not-a-likelihood", .warning,
        "The cross-entropy of grey values is no likelihood: bounds and samples of it mislead.",
        evidence: [.init("share of grey values", grey, threshold: "above 0.05")],
        remedy: patient.remedy(
          [
            Remedy("Use a density of grey values.", "likelihood=continuous-bernoulli"),
            Remedy("Binarise the values anew each time.", "binarise=dynamic"),
          ], otherwise: "Use a density of grey values, or binarise them."))
    ]
  }

  private func scale(
    _ sigma: Double, _ method: any Reconstructs, _ patient: Patient
  ) -> [Finding] {
    let residual = squared(method.reconstruct(patient.held) - patient.held).mean().item()
    let ratio = residual.squareRoot() / sigma
    guard ratio > 2 || ratio < 0.5 else { return [] }
    // Two digits: more would promise that the residuals stay what they are.
    let fitting = NumberText.significant(residual.squareRoot(), digits: 2)
    return [
      Finding(
        "wrong-scale", ratio > 5 || ratio < 0.2 ? .severe : .warning,
        "The likelihood's standard deviation is far from the size of the residuals.",
        evidence: [
          .init(
            "residuals over sigma", ratio, threshold: "outside 0.5 … 2 (warning), 0.2 … 5 (severe)")
        ],
        remedy: patient.remedy(
          [Remedy("Set sigma to the size of the residuals.", "sigma=\(fitting)")],
          otherwise: "Scale the likelihood to the size of the residuals."))
    ]
  }
}
