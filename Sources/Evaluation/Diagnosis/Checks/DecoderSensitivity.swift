import Distributions
import LatentCore
import Torch

/// Does the decoder use every axis that the encoder pays for?
///
/// Each axis is moved by one posterior standard deviation σ_d at the held-out codes. An axis that costs more
/// than 0.1 nat and changes the decoded examples by less than 10⁻⁴ of the data's variance is paid for in
/// vain: a warning. **Source**: Kumar & Poole 2020, arXiv 2002.00041 (σ and the decoder's Jacobian).
public struct DecoderSensitivity: DiagnosticCheck {
  /// The check.
  public init() {}

  /// `decoder-sensitivity`.
  public var name: String { "decoder-sensitivity" }
  /// What is looked at.
  public var question: String { "Does the decoder use every axis that the encoder pays for?" }

  /// Axes that it does not use.
  public func findings(_ patient: Patient) -> [Finding]? {
    guard let decoder = patient.method as? any Decodes, let (normal, _) = patient.gaussian,
      let rates = patient.rates?.mean(dim: 0).scalars(as: Double.self)
    else { return nil }
    let count = min(100, normal.mean.size(0))
    let codes = normal.mean[0..<count]
    let sigma = normal.standardDeviation[0..<count]
    let base = decoder.decode(codes)
    let scale = max(patient.held.variance(dims: [0], correction: 0).mean().item(), 1e-12)
    var idle: [(axis: Int, change: Double)] = []
    for axis in rates.indices where rates[axis] > 0.1 {
      let one = Tensor.zeros(like: codes).setting(sigma[.all, axis], at: .all, axis)
      let change = squared(decoder.decode(codes + one) - base).mean().item() / scale
      if change < 1e-4 { idle.append((axis, change)) }
    }
    guard let worst = idle.max(by: { rates[$0.axis] < rates[$1.axis] }) else { return [] }
    return [
      Finding(
        "idle-axes", .warning,
        "The encoder writes to \(idle.count) axes that the decoder hardly reads.",
        evidence: [
          .init(
            "KL of axis \(worst.axis)", rates[worst.axis], unit: "nat", threshold: "above 0.1"),
          .init(
            "change of the decoded examples over the data's variance", worst.change,
            threshold: "below 0.0001"),
        ],
        remedy: patient.remedy(
          [
            Remedy(
              "Train longer, or weigh the rate more so that unread axes are given up.",
              "beta=\(2 * (patient.number("beta") ?? 1))"),
            Remedy("Use fewer dimensions.", "latent=\(max(1, rates.count - idle.count))"),
          ], otherwise: "Train longer, or use fewer dimensions."))
    ]
  }
}
