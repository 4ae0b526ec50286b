public import LatentCore
import Torch

/// Modularity: mean over codes of 1 − Σ_{k ≠ k*} I_k² / ((K − 1) I_{k*}²).
///
/// I_k is the code's binned mutual information with factor k (as of `mig`), k* the factor with the
/// largest; a code without information counts 0; a single factor is refused. **Interval**: bootstrap
/// over examples. **Limits**: says nothing of whether the information suffices, and a code that
/// copies another is as modular as it. **Source**: Ridgeway & Mozer 2018, arXiv 1802.05312,
/// section 3; protocol of Locatello et al. 2019.
public struct Modularity: FactorMetric {
  /// `modularity`.
  public var name: String { "modularity" }
  /// What it measures.
  public var summary: String { "Whether each code dimension tells of one factor only." }
  /// Ridgeway & Mozer, and the protocol.
  public var citations: [Citation] { [.ridgeway2018, .locatello2019] }

  /// The metric.
  public init() {}

  /// The score; throws `MetricError` for a single factor.
  public func measure(_ data: CodesAndFactors, _ options: MetricOptions) throws -> Estimate {
    try requireTwoFactors(data)
    let value = Self.score(data.binnedTable(options))
    let resampled = data.resampledTables(options).map(Self.score)
    return Estimate(
      value, interval: Bootstrap.interval(value, resampled, within: range),
      count: data.sample(options).count, of: self, seed: options.seed)
  }

  /// Codes that are their factors are modular; two factors equal to each other make it 0.
  public func checkKnownAnswer() throws {
    let table = try BinnedInformation(.knownIdentity).table()
    try expectKnown(Self.score(table), 1)
    try expectKnown(Self.score(Tensor([[0.4, 0.2], [0.3, 0.3]], dtype: .float64)), 0.375)
  }

  static func score(_ table: BinnedInformation.Table) -> Double { score(table.information) }

  /// The score of `information` [d, k].
  static func score(_ information: Tensor) -> Double {
    let squares = squared(information)
    let largest = squares.max(dims: [1])
    let others = squares.sum(dim: 1) - largest
    let deviations = others / (largest * Double(squares.size(1) - 1))
    return (1 - deviations).replacing(with: 0, where: largest .== 0).mean().item()
  }
}
