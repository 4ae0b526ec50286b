import LatentCore
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Is the codebook used, and do the places of a code say anything?
///
/// Of K entries those that no held-out example uses are *dead*: more than half is a warning, more than
/// nine tenths severe. A place of the code (a bit, a variable) that takes one entry for 99 % of the
/// examples is *saturated*; half of the places or more are severe.
public struct CodebookUse: DiagnosticCheck {
  /// The check.
  public init() {}

  /// `codebook`.
  public var name: String { "codebook" }
  /// What is looked at.
  public var question: String { "Is the codebook used, and do the places of a code say anything?" }

  /// Dead entries, saturated places.
  public func findings(_ patient: Patient) -> [Finding]? {
    guard let method = patient.method as? any UsesCodebook else { return nil }
    let indices = method.codeIndices(patient.held).flattened(from: 1)
    return dead(indices, method.codeCount) + saturated(indices, method.codeCount)
  }

  private func dead(_ indices: Tensor, _ count: Int) -> [Finding] {
    let counts = indices.flattened().binCount(minimumLength: count).scalars(as: Double.self)
    let total = counts.reduce(0, +)
    let share = Double(counts.count { $0 == 0 }) / Double(count)
    // Fewer code words than entries were seen: unused entries say nothing then.
    guard total >= 10 * Double(count), share > 0.5 else { return [] }
    let shares = counts.map { $0 / total }.filter { $0 > 0 }
    let entropy = -shares.map { $0 * log($0) }.reduce(0, +)
    return [
      Finding(
        "dead-codes", share > 0.9 ? .severe : .warning,
        "Most entries of the codebook are never used.",
        evidence: [
          .init(
            "dead entries of \(count)", share, threshold: "above 0.5 (warning) or 0.9 (severe)"),
          .init("perplexity", exp(entropy), threshold: "\(count) if all were used alike"),
        ],
        remedy: "Restart dead entries from data, start from k-means, or use a smaller codebook.",
        settings: ["restart=true", "codes=\(max(2, counts.count { $0 > 0 }))"])
    ]
  }

  private func saturated(_ indices: Tensor, _ count: Int) -> [Finding] {
    let rows = indices.size(0)
    guard rows >= 100 else { return [] }
    let places = indices.size(1)
    let stuck = (0..<places).count { place in
      let most = indices[.all, place].binCount(minimumLength: count).max().item()
      return most >= 0.99 * Double(rows)
    }
    guard stuck * 2 >= places else { return [] }
    return [
      Finding(
        "saturated-code", .severe,
        "Most places of the code have the same value whatever the example.",
        evidence: [
          .init(
            "saturated places of \(places)", Double(stuck), threshold: "half or more is a finding")
        ],
        remedy: "Lower the weight of the rate or raise the temperature, so that gradients pass.",
        settings: ["beta=0.5"])
    ]
  }
}
