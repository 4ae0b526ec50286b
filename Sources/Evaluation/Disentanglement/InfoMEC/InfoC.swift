public import LatentCore
import Torch

/// InfoC, compactness: how much of what is told of a factor one code tells.
///
/// (mean over factors of max_d N / Σ_d N − 1/D) / (1 − 1/D) over the D active codes, N as for
/// `infom`. With a single active code there is nothing to compare and the metric is refused; without
/// any it is 0. **Interval**: from parts of the examples. **Source**: Hsu et
/// al. 2023, arXiv 2305.18378, section 4.
public struct InfoC: FactorMetric {
  /// `infoc`.
  public var name: String { "infoc" }
  /// What it measures.
  public var summary: String { "How much of what is told of each factor one active code tells." }
  /// Hsu et al.
  public var citations: [Citation] { [.hsu2023, .ross2014] }

  /// The metric.
  public init() {}

  /// The score; throws `MetricError` for a single active code.
  public func measure(_ data: CodesAndFactors, _ options: MetricOptions) throws -> Estimate {
    let table = data.normalisedInformation(options).table
    guard table?.size(0) != 1 else {
      throw MetricError(
        metric: name, "expected at least 2 active codes, found 1",
        remedy: "compactness compares codes; use infoe or dci-informativeness for a single one")
    }
    func score(_ table: Tensor?) -> Double {
      table.map { NormalisedInformation.concentration($0.transposed(0, 1)) } ?? 0
    }
    let value = score(table)
    // A part in which one code alone is active says nothing of compactness.
    let interval = data.normalisedInterval(value, options) {
      $0.table?.size(0) == 1 ? .nan : score($0.table)
    }
    return Estimate(
      value, interval: interval, count: data.sample(options).count, of: self, seed: options.seed)
  }

  /// Codes that are independent factors, and one factor in two codes.
  public func checkKnownAnswer() throws {
    let options = MetricOptions(resamples: 0)
    try expectKnown(measure(.knownIdentity, options).value, 1)
    try expectKnown(measure(.knownDuplicate, options).value, 0)
  }
}
