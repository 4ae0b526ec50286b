public import LatentCore
import Torch

/// The FactorVAE score: how often the code that varies least names the factor held fixed.
///
/// A vote: a factor k and a value of it are drawn, 64 examples share it, and the code with the
/// smallest variance relative to its variance over 10,000 examples votes for k. Codes with a
/// standard deviation below 0.05 do not vote; without any that do the score is 0. The table that
/// gives each code its most frequent factor is made from 10,000 votes, and its accuracy is measured
/// on 5,000 fresh ones. For a table of codes examples come from `MatchingRows`, which says when that
/// is an approximation. **Interval**: Wilson's, over the fresh votes. **Limits**: the bound 0.05
/// supposes codes of about unit size; chance is the share of the most frequent factor. **Source**:
/// Kim & Mnih 2018, arXiv 1802.05983, section 4; protocol of Locatello et al. 2019.
public struct FactorVAEScore: InterventionMetric {
  private static let batch = 64
  private static let leastDeviation = 0.05

  /// `factor-vae-score`.
  public var name: String { "factor-vae-score" }
  /// What it measures.
  public var summary: String {
    "How often the code that varies least names the factor held fixed."
  }
  /// Kim & Mnih, and the protocol.
  public var citations: [Citation] { [.kim2018, .locatello2019] }

  /// The metric.
  public init() {}

  /// The score of a generator; throws what drawing throws.
  public func measure(
    _ sampler: any FactorSampler, _ options: MetricOptions = MetricOptions()
  ) throws -> Estimate {
    let generator = Generator(seed: options.seed)
    let variances = try sampler.codes(count: options.trainCount, using: generator)
      .variance(dims: [0])
    let active = (sqrt(variances) .>= Self.leastDeviation).nonzero().squeezed(dim: 1)
    guard active.count > 0 else {
      return .share(0, of: options.testCount, metric: self, seed: options.seed)
    }
    let scale = variances.selected(active, dim: 0)
    func votes(_ count: Int) throws -> Tensor {
      try Self.votes(sampler, count: count, active: active, scale: scale, using: generator)
    }
    let table = try votes(options.trainCount).argMax(dim: 0, keepDim: true)
    let hits = try votes(options.testCount).gathered(table, dim: 0).sum().item()
    return .share(hits, of: options.testCount, metric: self, seed: options.seed)
  }

  /// Codes that are their factors vote without error; codes that never vary have no vote.
  public func checkKnownAnswer() throws {
    let options = MetricOptions(trainCount: 100, testCount: 50)
    let data = try CodesAndFactors.knownIdentity
    try expectKnown(measure(data, options).value, 1)
    let still = try CodesAndFactors(codes: 0.01 * data.codes, columns: data.factors)
    try expectKnown(measure(still, options).value, 0)
  }

  /// How often each active code voted for each factor: [k, active], float64.
  private static func votes(
    _ sampler: any FactorSampler, count: Int, active: Tensor, scale: Tensor,
    using generator: Generator
  ) throws -> Tensor {
    let drawn = Tensor.randint(0..<sampler.factorCount, [count], using: generator)
    let sizes = drawn.binCount(minimumLength: sampler.factorCount).scalars(as: Int.self)
    let rows = try sizes.enumerated().map { factor, size in
      var winners = [Tensor.zeros([0], dtype: .int64)]
      for start in stride(from: 0, to: size, by: 500) {
        let codes = try sampler.groups(
          agreeingOn: factor, groups: min(500, size - start), size: batch, using: generator)
        let ratios = codes.variance(dims: [1]).selected(active, dim: 1) / scale
        winners.append(ratios.argMin(dim: 1))
      }
      return concatenated(winners).binCount(minimumLength: active.count)
    }
    return stacked(rows).to(.float64)
  }
}
