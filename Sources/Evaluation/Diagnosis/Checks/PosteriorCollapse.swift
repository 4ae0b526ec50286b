import Torch

/// Do the codes say anything, and how many of their dimensions do?
///
/// A dimension is *passive* if its mean KL is below 0.02 nat, *active* if fewer than a tenth of the
/// examples leave it at the prior (KL below 0.02 nat), *mixed* otherwise. All passive or less than 0.1
/// nat in all is collapse (severe); half or more passive of at least four is a warning. **Source**:
/// Burda et al. 2016 (active units); Bonheme & Grzes 2021, arXiv 2109.12679 (mixed ones).
public struct PosteriorCollapse: DiagnosticCheck {
  /// The check.
  public init() {}

  /// `posterior-collapse`.
  public var name: String { "posterior-collapse" }
  /// What is looked at.
  public var question: String { "Do the codes say anything, and how many of their dimensions do?" }

  static let floor = 0.02

  /// Collapse, or many passive dimensions.
  public func findings(_ patient: Patient) -> [Finding]? {
    guard let rates = patient.rates, patient.hasStandardPrior else { return nil }
    let count = rates.size(1)
    let means = rates.mean(dim: 0).scalars(as: Double.self)
    let total = means.reduce(0, +)
    let passive = means.count { $0 < Self.floor }
    let evidence = [
      Finding.Evidence("KL of the code", total, unit: "nat", threshold: "below 0.1 is collapse"),
      .init(
        "passive dimensions of \(count)", Double(passive),
        threshold: "KL below \(Self.floor) nat; half or more is a finding"),
      .init(
        "mixed dimensions of \(count)", Double(mixed(rates, means)),
        threshold: "a tenth of the examples or more at the prior"),
    ]
    if total < 0.1 || passive == count {
      return [
        Finding(
          "posterior-collapse", .severe,
          "The posterior has collapsed: codes are noise from the prior whatever the example.",
          evidence: evidence, remedy: remedy(patient).words, settings: remedy(patient).settings)
      ]
    }
    guard count >= 4, passive * 2 >= count else { return [] }
    return [
      Finding(
        "passive-units", .warning,
        "\(passive) of \(count) dimensions of the code are unused.", evidence: evidence,
        remedy: "Use fewer dimensions, or let each spend some nats freely.",
        settings: ["latent=\(max(1, count - passive))"])
    ]
  }

  private func mixed(_ rates: Tensor, _ means: [Double]) -> Int {
    let resting = (rates .< Self.floor).to(.float64).mean(dim: 0).scalars(as: Double.self)
    return zip(resting, means).count { $0 >= 0.1 && $1 >= Self.floor }
  }

  private func remedy(_ patient: Patient) -> (words: String, settings: [String]) {
    if let beta = patient.number("beta"), beta > 1 {
      return ("Lower the weight of the rate, \(beta) now.", ["beta=1"])
    }
    return (
      "Let each dimension spend some nats freely and raise the rate's weight slowly; with an "
        + "autoregressive decoder, give it less to see.",
      ["free-bits=0.1", "kl-annealing=linear"]
    )
  }
}
