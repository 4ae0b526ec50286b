public import LatentCore
import Torch

/// The mutual information gap from nearest neighbours instead of bins.
///
/// As `mig`, with I from Ross's estimator, k = 3, which adapts to where the codes are and has little
/// bias; real factors are cut into 20 bins. **Interval**: from parts of the examples, since a resample
/// repeats them and neighbours at distance 0 mean nothing. **Limits**: codes that are few repeated numbers have
/// no distances; their information is at most what a blur of 1e−10 leaves. **Source**: Chen et al.
/// 2018, eq. 6, with Ross 2014.
public struct NeighbourGap: FactorMetric {
  /// `mig-ksg`.
  public var name: String { "mig-ksg" }
  /// What it measures.
  public var summary: String { "The mutual information gap from nearest neighbours, without bins." }
  /// Chen et al. and Ross.
  public var citations: [Citation] { [.chen2018, .ross2014] }

  /// The metric.
  public init() {}

  /// The gap; throws `MetricError` for a single code.
  public func measure(_ data: CodesAndFactors, _ options: MetricOptions) throws -> Estimate {
    try requireTwoCodes(data)
    let sample = data.sample(options)
    let value = Self.gap(sample, seed: options.seed)
    let interval = Subsampling(options).interval(value, counts: [sample.count], within: range) {
      Self.gap(sample.selected($0[0]), seed: options.seed)
    }
    return Estimate(
      value, interval: interval, count: sample.count, of: self, seed: options.seed)
  }

  /// Codes that are their factors with a little noise.
  public func checkKnownAnswer() throws {
    let data = try CodesAndFactors.knownIdentity
    let noise = Tensor.randn(data.codes.shape, using: Generator(seed: 1), dtype: .float64)
    let noisy = try CodesAndFactors(codes: data.codes + 0.01 * noise, columns: data.factors)
    try expectKnown(Self.gap(noisy, seed: 0), 1, tolerance: 0.1)
  }

  static func gap(_ data: CodesAndFactors, seed: UInt64) -> Double {
    let entropies = BinnedInformation.entropies(of: data.factors)
    return MutualInformationGap.gap(
      data.neighbourInformation(neighbours: 3, seed: seed), Tensor(entropies, dtype: .float64))
  }
}

extension CodesAndFactors {
  /// I of every code with every factor from nearest neighbours, [d, k] in nats.
  func neighbourInformation(neighbours: Int, seed: UInt64) -> Tensor {
    let generator = Generator(seed: seed)
    return stacked(
      factors.map { factor in
        let (classes, count) = BinnedInformation.classes(of: factor)
        return NeighbourInformation.information(
          codes: codes, classes: classes, count: count, neighbours: neighbours, using: generator)
      }, dim: 1)
  }
}
