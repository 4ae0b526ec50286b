public import LatentCore

/// InfoM, modularity: how much of what a code tells it tells of one factor.
///
/// (mean over active codes of max_k N / Σ_k N − 1/K) / (1 − 1/K), N = I(code; factor) / H(factor): I
/// from ten nearest neighbours, or plug-in for codes that repeat few numbers; active is a range
/// above a twentieth of the largest. At most 10,000 examples; a single factor is refused; real
/// factors are cut into 20 bins; without an active code, or of codes that tell nothing, it is 0.
/// **Interval**: from parts of the examples. **Source**: Hsu et al. 2023,
/// arXiv 2305.18378, section 4.
public struct InfoM: FactorMetric {
  /// `infom`.
  public var name: String { "infom" }
  /// What it measures.
  public var summary: String { "How much of what each active code tells it tells of one factor." }
  /// Hsu et al.
  public var citations: [Citation] { [.hsu2023, .ross2014] }

  /// The metric.
  public init() {}

  /// The score; throws `MetricError` for a single factor.
  public func measure(_ data: CodesAndFactors, _ options: MetricOptions) throws -> Estimate {
    try requireTwoFactors(data)
    func score(_ information: NormalisedInformation) -> Double {
      information.table.map(NormalisedInformation.concentration) ?? 0
    }
    let value = score(data.normalisedInformation(options))
    return Estimate(
      value, interval: data.normalisedInterval(value, options, score),
      count: data.sample(options).count, of: self, seed: options.seed)
  }

  /// Codes that are independent factors.
  public func checkKnownAnswer() throws {
    try expectKnown(measure(.knownIdentity, MetricOptions(resamples: 0)).value, 1)
  }
}
