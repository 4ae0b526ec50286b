import LatentCore
import Torch

/// Does the decoder need the code? Each example is scored with its own code and with another's.
///
/// Less than 0.1 nat (or 0.1 % of the distortion, if that is more) between them is severe. **Source**:
/// the swap test of Alemi et al. 2018, arXiv 1711.00464, in the form of log p(x|z) − log p(x|z′).
public struct DecoderIgnoresCode: DiagnosticCheck {
  /// The check.
  public init() {}

  /// `decoder-ignores-code`.
  public var name: String { "decoder-ignores-code" }
  /// What is looked at.
  public var question: String { "Does the decoder need the code?" }

  /// That it does not.
  public func findings(_ patient: Patient) -> [Finding]? {
    guard let inside = patient.inside, patient.held.size(0) > 1 else { return nil }
    let targets = inside.targets(patient.held, using: patient.generator)
    let codes = inside.posterior(of: targets).draw(using: patient.generator).codes
    let own = inside.logLikelihood(targets, codes: codes)
    let other = inside.logLikelihood(targets, codes: codes.rolled(1, dim: 0))
    let gain = (own - other).mean().item()
    let limit = max(0.1, 0.001 * abs(own.mean().item()))
    guard gain < limit else { return [] }
    return [
      Finding(
        "decoder-ignores-code", .severe,
        "The decoder does as well with another example's code as with its own.",
        evidence: [
          .init(
            "log p(x|z) lost by swapping codes", gain, unit: "nat",
            threshold: "below \((limit * 1000).rounded() / 1000) is a finding")
        ],
        remedy: "Weaken the decoder or pay less for the code.",
        settings: (patient.number("beta") ?? 1) > 1 ? ["beta=1"] : ["free-bits=0.1"])
    ]
  }
}
