import LatentCore
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Is the codebook used, and do the places of a code say anything?
///
/// Of K entries those that no example looked at uses, of training or held out, are *dead*: more than half is a
/// warning, more than nine tenths severe, where five words were seen for each entry. A place of the code (a bit, a variable) that takes one entry for 99 % of the
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
    let held = method.codeIndices(patient.held).flattened(from: 1)
    let all = concatenated([method.codeIndices(patient.train).flattened(from: 1), held])
    return dead(all, method.codeCount, patient) + saturated(held, method.codeCount, patient)
  }

  private func dead(_ indices: Tensor, _ count: Int, _ patient: Patient) -> [Finding] {
    let counts = indices.flattened().binCount(minimumLength: count).scalars(as: Double.self)
    let total = counts.reduce(0, +)
    let share = Double(counts.count { $0 == 0 }) / Double(count)
    // Fewer code words than entries were seen: unused entries say nothing then.
    guard total >= 5 * Double(count), share > 0.5 else { return [] }
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
        remedy: patient.remedy(
          revival(used: counts.count { $0 > 0 }),
          otherwise: "Pay less for the code, or use fewer entries."))
    ]
  }

  /// What brings dead entries back to life, and, where nothing does, spares them.
  private func revival(used: Int) -> [Remedy] {
    [
      Remedy("Restart dead entries from data.", "restart-below=0.02"),
      Remedy("Place the entries by the first batch.", "k-means=true"),
      Remedy("Let the entries follow the vectors that they take.", "codebook=ema"),
      Remedy("Use a smaller codebook.", "entries=\(max(2, used))"),
    ]
  }

  /// What lets places of a code differ between examples again.
  private func release(_ patient: Patient) -> [Remedy] {
    var remedies: [Remedy] = []
    if let beta = patient.number("beta") {
      let less = beta > 1 ? "1" : "\(beta / 2)"
      remedies.append(Remedy("Lower the weight of the rate, \(beta) now.", "beta=\(less)"))
    }
    if let capacity = patient.number("capacity-discrete"), capacity < 5 {
      remedies.append(Remedy("Aim at more nats, \(capacity) now.", "capacity-discrete=5"))
    }
    return remedies + revival(used: 2).dropLast() + [
      Remedy("Learn more slowly, so that gradients keep passing.", "learning-rate=0.0001")
    ]
  }

  private func saturated(_ indices: Tensor, _ count: Int, _ patient: Patient) -> [Finding] {
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
        remedy: patient.remedy(
          release(patient), otherwise: "Pay less for the code, so that gradients pass."))
    ]
  }
}
