public import LatentCore
import Torch

/// Interventional robustness score: how still a code stays when all factors but its own change.
///
/// For code d and factor k: 1 − q / m, q the 99% quantile of |z − mean| within examples of equal
/// factor value, averaged over the values, and m the largest deviation of the code from its mean.
/// The best factor of each code, averaged with the weights m. A factor of more than 20 values, and a
/// real one, is cut into 20 bins of equal width first, as the protocol does; constant codes are left
/// out, and without any other the score is 0. At most 10,000 examples. **Interval**: none: the
/// largest deviation is an extreme value, which resampling cannot move outwards. **Limits**: assumes
/// independent factors and codes without noise. **Source**: Suter et al. 2018, arXiv 1811.00007,
/// section 4; protocol of Locatello et al. 2019.
public struct InterventionalRobustness: FactorMetric {
  /// `irs`.
  public var name: String { "irs" }
  /// What it measures.
  public var summary: String { "How still a code stays while all factors but its own change." }
  /// Suter et al., and the protocol.
  public var citations: [Citation] { [.suter2019, .locatello2019] }

  /// The metric.
  public init() {}

  /// The score.
  public func measure(_ data: CodesAndFactors, _ options: MetricOptions) throws -> Estimate {
    let sample = data.sample(options)
    return Estimate(Self.score(sample), count: sample.count, of: self, seed: options.seed)
  }

  /// Codes that are their factors do not move at all.
  public func checkKnownAnswer() throws {
    try expectKnown(Self.score(.knownIdentity), 1)
    try expectKnown(Self.score(.knownDuplicate), 1)
  }

  static func score(_ data: CodesAndFactors) -> Double {
    let active = data.codes.variance(dims: [0], correction: 0) .> 0
    guard active.any().item() == 1 else { return 0 }
    let codes = data.codes.selected(active.nonzero().squeezed(dim: 1), dim: 1)
    let largest = abs(codes - codes.mean(dim: 0)).max(dims: [0])
    let robustness = data.factors.map { factor in
      let values = groups(of: factor)
      let deviations = values.map { rows in
        let group = codes.selected(rows, dim: 0)
        return abs(group - group.mean(dim: 0)).quantile([0.99], dim: 0).squeezed(dim: 0)
      }
      return 1 - stacked(deviations).mean(dim: 0) / largest
    }
    let best = stacked(robustness).max(dims: [0])
    return ((best * largest).sum() / largest.sum()).item()
  }

  /// The examples of each value, or of each of 20 bins where there are more values.
  private static func groups(of factor: FactorColumn) -> [Tensor] {
    let (numbers, count) = BinnedInformation.classes(of: factor)
    let bins =
      count > BinnedInformation.binCount ? BinnedInformation.binned(numbers.to(.float64)) : numbers
    return (0..<count).map { (bins .== $0).nonzero().squeezed(dim: 1) }.filter { $0.count > 0 }
  }
}
