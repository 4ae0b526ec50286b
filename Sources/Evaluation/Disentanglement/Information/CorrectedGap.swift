public import LatentCore
import Torch

/// The mutual information gap with both information and entropy corrected for the sample's size.
///
/// As `mig`, but every entropy of the table is raised by (m − 1) / 2n nats, m the number of cells
/// with examples (Miller–Madow), so that I = H(code) + H(factor) − H(code, factor) loses most of
/// what chance adds to it; below 0 it is 0. **Interval**: bootstrap over examples. **Limits**: the
/// correction is of first order: with fewer examples than cells it removes a part only.
/// **Source**: Miller 1955, «Note on the bias of information estimates»; Paninski 2003, section 4.
public struct CorrectedGap: FactorMetric {
  /// `mig-corrected`.
  public var name: String { "mig-corrected" }
  /// What it measures.
  public var summary: String { "The mutual information gap, corrected for the size of the sample." }
  /// Chen et al. and Paninski.
  public var citations: [Citation] { [.chen2018, .paninski2003] }

  /// The metric.
  public init() {}

  /// The gap; throws `MetricError` for a single code.
  public func measure(_ data: CodesAndFactors, _ options: MetricOptions) throws -> Estimate {
    try requireTwoCodes(data)
    let count = data.sample(options).count
    let value = Self.gap(data.binnedTable(options), count: count)
    let resampled = data.resampledTables(options).map { Self.gap($0, count: count) }
    return Estimate(
      value, interval: Bootstrap.interval(value, resampled, within: range), count: count, of: self,
      seed: options.seed)
  }

  /// Codes that are their factors: the gap is 1 whatever the correction.
  public func checkKnownAnswer() throws {
    let data = try CodesAndFactors.knownIdentity
    try expectKnown(
      Self.gap(BinnedInformation(data).table(), count: data.count), 1, tolerance: 0.02)
  }

  static func gap(_ table: BinnedInformation.Table, count: Int) -> Double {
    let (pairs, codes, factors) = table.occupied
    let excess = pairs - codes.unsqueezed(dim: 1) - factors + 1
    let information = (table.information - excess / Double(2 * count)).clamped(min: 0)
    let entropies = table.factorEntropies + (factors - 1) / Double(2 * count)
    return MutualInformationGap.gap(information, entropies)
  }
}
