import Distributions
import LatentCore
import Torch

/// Would a better encoder help? The posterior of some examples is optimised one by one from where the
/// encoder puts it, and both are scored by the evidence lower bound, its rate weighed as in training.
///
/// Objectives without a rate, or with a weight of 0, ask no such posterior of the encoder. A gap above 10 % of the bound and 2 nats is severe, above 5 % and 1 nat a warning. 64 examples, 150
/// steps of Adam at rate 0.05, 32 draws for each score. **Source**: Cremer, Li & Duvenaud 2018,
/// arXiv 1801.03558 (amortisation gap).
public struct EncoderGap: DiagnosticCheck {
  /// The check.
  public init() {}

  /// `encoder-gap`.
  public var name: String { "encoder-gap" }
  /// What is looked at.
  public var question: String { "Would a better encoder help?" }

  /// That it would.
  public func findings(_ patient: Patient) -> [Finding]? {
    guard let inside = patient.inside, let (normal, targets) = patient.gaussian,
      patient.hasStandardPrior, inside.likelihood?.unit == .nats,
      let weight = patient.rateWeight, weight > 0
    else { return nil }
    let count = min(64, targets.size(0))
    let start = Normal(mean: normal.mean[0..<count], logVariance: normal.logVariance[0..<count])
    let free = FreePosterior(of: inside, targets: targets[0..<count], rateWeight: weight)
    let best = free.optimised(from: start, steps: 150, using: patient.generator)
    let before = free.bound(start, draws: 32, using: Generator(seed: patient.seed))
    let after = free.bound(best, draws: 32, using: Generator(seed: patient.seed))
    let gap = after - before
    let share = gap / max(abs(before), 1e-12)
    let severity: Finding.Severity
    switch (gap, share) {
    case (let gap, let share) where gap > 2 && share > 0.1: severity = .severe
    case (let gap, let share) where gap > 1 && share > 0.05: severity = .warning
    default: return []
    }
    return [
      Finding(
        "encoder-gap", severity,
        "The encoder gives away much of what the decoder could reach.",
        evidence: [
          .init(
            "bound gained by optimising each posterior", gap, unit: "nat",
            threshold: "above 1 (warning) or 2 (severe)"),
          .init(
            "as a share of the bound", share, threshold: "above 0.05 (warning) or 0.1 (severe)"),
        ],
        remedy: patient.remedy(wider(patient), otherwise: "\(advice).")
      )
    ]
  }

  private var advice: String {
    "Train longer, or give the encoder more to work with; see that it is not frozen"
  }

  /// Dense networks with a layer more, twice as wide.
  private func wider(_ patient: Patient) -> [Remedy] {
    guard case .array(let layers)? = patient.config.json["hidden"],
      patient.word("network") != "conv"
    else { return [] }
    let widths = layers.compactMap { if case .int(let width) = $0 { width } else { nil } }
    let width = Swift.min(65_536, 2 * (widths.max() ?? 200))
    return [
      Remedy(
        "\(advice).",
        "hidden=" + Array(repeating: "\(width)", count: widths.count + 1).joined(separator: ","))
    ]
  }
}
