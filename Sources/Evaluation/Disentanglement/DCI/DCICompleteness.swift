public import LatentCore

/// DCI completeness: whether one code suffices for each factor.
///
/// Σ_k v_k (1 − H_D(R_k)): R [d, k] as for `dci-disentanglement`, v_k the column's share of all, H_D
/// the entropy of the column to base D, with 1e−11 added inside. A single code is refused.
/// **Interval**: none, since each resample would grow the trees again. **Limits**: as for
/// `dci-disentanglement`. **Source**: Eastwood & Williams 2018, section 2; protocol of Locatello et
/// al. 2019.
public struct DCICompleteness: FactorMetric {
  /// `dci-completeness`.
  public var name: String { "dci-completeness" }
  /// What it measures.
  public var summary: String {
    "Whether one code dimension suffices for each factor, by boosted trees."
  }
  /// What it needs.
  public var needs: String { "codes, factors, LightGBM" }
  /// Eastwood & Williams, and the protocol.
  public var citations: [Citation] { [.eastwood2018, .locatello2019] }

  /// The metric.
  public init() {}

  /// The score; throws `MetricError` for a single code and without LightGBM.
  public func measure(_ data: CodesAndFactors, _ options: MetricOptions) throws -> Estimate {
    try requireTwoCodes(data)
    let trees = try data.treeImportance(options)
    return Estimate(
      trees.completeness, count: data.split(options).train.count, of: self, seed: options.seed)
  }

  /// Codes that are bits score 1; two codes for each of five factors 1 − ln 2 / ln 10.
  public func checkKnownAnswer() throws {
    let data = try CodesAndFactors.knownBits
    try expectKnown(TreeImportance(data, data).completeness, 1)
    try expectKnown(TreeImportance.concentration(of: .oneCodeForTwo), 0.698_970_004)
  }
}
