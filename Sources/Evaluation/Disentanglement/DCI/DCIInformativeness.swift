public import LatentCore

/// DCI informativeness: how well boosted trees predict the factors from the code.
///
/// Mean over factors of the test accuracy of the trees of `dci-disentanglement`, or of R² for a real
/// factor, on at most 5,000 examples that were not fitted. **Interval**: over test examples, trees
/// fixed. **Limits**: accuracies of factors with few and many classes are averaged as they are.
/// **Source**: Eastwood & Williams 2018, section 2; protocol of Locatello et al. 2019.
public struct DCIInformativeness: FactorMetric {
  /// `dci-informativeness`.
  public var name: String { "dci-informativeness" }
  /// What it measures.
  public var summary: String {
    "How well boosted trees predict the factors from the whole code."
  }
  /// What it needs.
  public var needs: String { "codes, factors, LightGBM" }
  /// Eastwood & Williams, and the protocol.
  public var citations: [Citation] { [.eastwood2018, .locatello2019] }

  /// The metric.
  public init() {}

  /// The accuracy; throws `MetricError` without LightGBM.
  public func measure(_ data: CodesAndFactors, _ options: MetricOptions) throws -> Estimate {
    let trees = try data.treeImportance(options)
    var estimate = Estimate(of: trees.informativeness, unit: unit, version: version)
    estimate.interval = estimate.interval.map { min($0, 1) }
    estimate.seed = options.seed
    return estimate
  }

  /// Codes that are bits are predicted without error.
  public func checkKnownAnswer() throws {
    let data = try CodesAndFactors.knownBits
    try expectKnown(TreeImportance(data, data).informativeness.reduce(0, +) / 80, 1)
  }
}
