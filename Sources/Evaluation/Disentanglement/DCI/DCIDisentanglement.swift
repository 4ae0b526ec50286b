public import LatentCore

/// DCI disentanglement: whether each code matters for one factor only.
///
/// Σ_d w_d (1 − H_K(R_d)): R [d, k] holds the importance of code d in the boosted trees that predict
/// factor k (100 rounds of depth 3, rate 0.1; share of the gain), w_d is the row's share of all, H_K
/// the entropy of the row to base K, with 1e−11 added inside. Fitted to at most 10,000 examples; a
/// real factor is fitted by regression; a single factor is refused. **Interval**: none, since each
/// resample would grow the trees again. **Limits**: two equal codes share importance as the trees
/// happen to split; scores of other tree libraries differ by some hundredths. **Source**: Eastwood &
/// Williams 2018, section 2; protocol of Locatello et al. 2019.
public struct DCIDisentanglement: FactorMetric {
  /// `dci-disentanglement`.
  public var name: String { "dci-disentanglement" }
  /// What it measures.
  public var summary: String {
    "Whether each code dimension matters for one factor only, by boosted trees."
  }
  /// What it needs.
  public var needs: String { "codes, factors, LightGBM" }
  /// Eastwood & Williams, and the protocol.
  public var citations: [Citation] { [.eastwood2018, .locatello2019] }

  /// The metric.
  public init() {}

  /// The score; throws `MetricError` for a single factor and without LightGBM.
  public func measure(_ data: CodesAndFactors, _ options: MetricOptions) throws -> Estimate {
    try requireTwoFactors(data)
    let trees = try data.treeImportance(options)
    return Estimate(
      trees.disentanglement, count: data.split(options).train.count, of: self, seed: options.seed)
  }

  /// Codes that are bits score 1; a code for two of ten factors 1 − ln 2 / ln 10.
  public func checkKnownAnswer() throws {
    let data = try CodesAndFactors.knownBits
    try expectKnown(TreeImportance(data, data).disentanglement, 1)
    try expectKnown(TreeImportance.concentration(of: .oneCodeForTwo), 0.698_970_004)
  }
}
