public import LatentCore
import Torch

/// Mutual information gap: mean over factors of (I₁ − I₂) / H(factor).
///
/// I₁ and I₂ are the largest and second largest mutual information of any code with the factor, from
/// codes in 20 bins of equal width and at most 10,000 examples, in nats; H is the factor's entropy. A
/// real factor is binned as codes are; a constant code has no information; one code alone is
/// refused. **Interval**: bootstrap over examples. **Limits**: one outlier widens every bin of its
/// code; the plug-in estimate is biased upwards for both terms, `mig-corrected` and `mig-ksg` less.
/// **Source**: Chen et al. 2018, arXiv 1802.04942, eq. 6; protocol of Locatello et al. 2019,
/// arXiv 1811.12359.
public struct MutualInformationGap: FactorMetric {
  /// `mig`.
  public var name: String { "mig" }
  /// What it measures.
  public var summary: String {
    "How far the best code's information on a factor leads the second best, in factor entropies."
  }
  /// Chen et al., and the protocol.
  public var citations: [Citation] { [.chen2018, .locatello2019] }

  /// The metric.
  public init() {}

  /// The gap; throws `MetricError` for a single code.
  public func measure(_ data: CodesAndFactors, _ options: MetricOptions) throws -> Estimate {
    try requireTwoCodes(data)
    let value = Self.gap(data.binnedTable(options))
    let resampled = data.resampledTables(options).map(Self.gap)
    return Estimate(
      value, interval: Bootstrap.interval(value, resampled, within: range),
      count: data.sample(options).count, of: self, seed: options.seed)
  }

  /// Two codes that are their factors: the gap is 1.
  public func checkKnownAnswer() throws {
    try expectKnown(Self.gap(BinnedInformation(.knownIdentity).table()), 1)
  }

  static func gap(_ table: BinnedInformation.Table) -> Double {
    gap(table.information, table.factorEntropies)
  }

  /// Mean over factors of the two largest entries' difference, `information` [d, k], `entropies` [k].
  static func gap(_ information: Tensor, _ entropies: Tensor) -> Double {
    let top = information.top(2, dim: 0).values
    return ((top[0] - top[1]) / entropies).mean().item()
  }
}
