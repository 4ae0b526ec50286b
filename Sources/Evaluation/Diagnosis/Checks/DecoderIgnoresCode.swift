import LatentCore
import Torch

/// Does the decoder need the code? Each example is scored with its own code and with another's.
///
/// Less than 0.1 nat (or 0.1 % of the distortion, if that is more) between them is severe. Where no
/// likelihood given the code is at hand, the squared error of decoding takes its place, and less than 1 % of it
/// gained by the own code is severe. **Source**: the swap test of Alemi et al. 2018, arXiv 1711.00464, in the form of log p(x|z) − log p(x|z′).
public struct DecoderIgnoresCode: DiagnosticCheck {
  /// The check.
  public init() {}

  /// `decoder-ignores-code`.
  public var name: String { "decoder-ignores-code" }
  /// What is looked at.
  public var question: String { "Does the decoder need the code?" }

  /// That it does not.
  public func findings(_ patient: Patient) -> [Finding]? {
    guard patient.held.size(0) > 1 else { return nil }
    guard let inside = patient.inside else { return bySquares(patient) }
    let targets = inside.targets(patient.held, using: patient.generator)
    let codes = inside.posterior(of: targets).draw(using: patient.generator).codes
    let own = inside.logLikelihood(targets, codes: codes)
    let other = inside.logLikelihood(targets, codes: codes.rolled(1, dim: 0))
    let gain = (own - other).mean().item()
    let limit = max(0.1, 0.001 * abs(own.mean().item()))
    guard gain < limit else { return [] }
    return [
      finding(
        .init(
          "log p(x|z) lost by swapping codes", gain, unit: "nat",
          threshold: "below \((limit * 1000).rounded() / 1000) is a finding"), patient)
    ]
  }

  /// The same by the squared error of at most 100 decoded examples.
  private func bySquares(_ patient: Patient) -> [Finding]? {
    guard let method = patient.method as? any Encodes & Decodes else { return nil }
    let examples = patient.held[0..<min(100, patient.held.size(0))]
    let codes = method.encode(examples)
    let decoded = method.decode(codes)
    guard decoded.shape == examples.shape else { return nil }
    func error(_ decoded: Tensor) -> Double {
      squared(decoded - examples).to(.float64).mean().item()
    }
    let other = error(method.decode(codes.rolled(1, dim: 0)))
    let gain = other > 0 ? 1 - error(decoded) / other : 0
    guard gain < 0.01 else { return [] }
    return [
      finding(
        .init(
          "share of the squared error gained by the own code", gain,
          threshold: "below 0.01 is a finding"), patient)
    ]
  }

  private func finding(_ evidence: Finding.Evidence, _ patient: Patient) -> Finding {
    Finding(
      "decoder-ignores-code", .severe,
      "The decoder does as well with another example's code as with its own.",
      evidence: [evidence],
      remedy: patient.remedy(
        Remedy.moreInformation(patient), otherwise: "Weaken the decoder or pay less for the code."))
  }
}
