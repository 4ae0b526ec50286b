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
    guard let likelihood = patient.inside?.likelihood,
      let method = patient.method as? any Reconstructs
    else { return nil }
    if let density = patient.number("sigma"), likelihood.density == "the data's numbers" {
      return scale(density, method, patient)
    }
    guard likelihood.density == "cross-entropy of grey values" else { return [] }
    let grey = ((patient.held .> 0.05).to(.float64) * (patient.held .< 0.95).to(.float64))
      .mean().item()
    guard grey > 0.05 else { return [] }
    return [
      Finding(
        "not-a-likelihood", .warning,
        "The cross-entropy of grey values is no likelihood: bounds and samples of it mislead.",
        evidence: [.init("share of grey values", grey, threshold: "above 0.05")],
        remedy: "Use a density of grey values, or binarise them.",
        settings: ["likelihood=continuous-bernoulli"])
    ]
  }

  private func scale(
    _ sigma: Double, _ method: any Reconstructs, _ patient: Patient
  ) -> [Finding] {
    let residual = squared(method.reconstruct(patient.held) - patient.held).mean().item()
    let ratio = residual.squareRoot() / sigma
    guard ratio > 2 || ratio < 0.5 else { return [] }
    let fitting = (residual.squareRoot() * 1000).rounded() / 1000
    return [
      Finding(
        "wrong-scale", ratio > 5 || ratio < 0.2 ? .severe : .warning,
        "The likelihood's standard deviation is far from the size of the residuals.",
        evidence: [
          .init(
            "residuals over sigma", ratio, threshold: "outside 0.5 … 2 (warning), 0.2 … 5 (severe)")
        ],
        remedy: "Set sigma to the size of the residuals.", settings: ["sigma=\(fitting)"])
    ]
  }
}
