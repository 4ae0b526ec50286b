import Torch

/// Do the codes say anything, and how many of their dimensions do?
///
/// A dimension is *passive* if its mean KL is below 0.02 nat, *active* if fewer than a tenth of the
/// examples leave it at the prior (KL below 0.02 nat), *mixed* otherwise. All passive or less than 0.1
/// nat in all is collapse (severe); half or more passive of at least four is a warning. Beside a learned prior
/// and for posteriors without a divergence in closed form only the whole is known. **Source**:
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
    guard let (total, rates) = patient.codeRates else { return nil }
    var evidence = [
      Finding.Evidence("KL of the code", total, unit: "nat", threshold: "below 0.1 is collapse")
    ]
    let means = rates?.mean(dim: 0).scalars(as: Double.self) ?? []
    let (count, passive) = (means.count, means.count { $0 < Self.floor })
    if let rates {
      evidence += passiveEvidence(rates, means, passive)
    }
    if total < 0.1 || (count > 0 && passive == count) {
      return [
        Finding(
          "posterior-collapse", .severe,
          "The posterior has collapsed: codes are noise from the prior whatever the example.",
          evidence: evidence,
          remedy: patient.remedy(
            Remedy.moreInformation(patient),
            otherwise: "Pay less for the code, or weaken the decoder."))
      ]
    }
    guard count >= 4, passive * 2 >= count else { return [] }
    return [
      Finding(
        "passive-units", .warning,
        "\(passive) of \(count) dimensions of the code are unused.", evidence: evidence,
        remedy: patient.remedy(
          [
            Remedy(
              "Use fewer dimensions, or let each spend some nats freely.",
              "latent=\(max(1, count - passive))")
          ], otherwise: "Use a smaller code, or let each dimension spend some nats freely."))
    ]
  }

  private func passiveEvidence(
    _ rates: Tensor, _ means: [Double], _ passive: Int
  ) -> [Finding.Evidence] {
    let count = means.count
    return [
      .init(
        "passive dimensions of \(count)", Double(passive),
        threshold: "KL below \(Self.floor) nat; half or more is a finding"),
      .init(
        "mixed dimensions of \(count)", Double(mixed(rates, means)),
        threshold: "a tenth of the examples or more at the prior"),
    ]
  }

  private func mixed(_ rates: Tensor, _ means: [Double]) -> Int {
    let resting = (rates .< Self.floor).to(.float64).mean(dim: 0).scalars(as: Double.self)
    return zip(resting, means).count { $0 >= 0.1 && $1 >= Self.floor }
  }
}
