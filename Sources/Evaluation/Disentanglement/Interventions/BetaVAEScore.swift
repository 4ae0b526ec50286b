public import LatentCore
import Torch

/// The β-VAE score: how often a linear classifier finds the factor that pairs of examples share.
///
/// A point: a factor k is drawn, 64 pairs of examples agree on k and on nothing else, and the point
/// is the mean absolute difference of the pairs' codes. Multinomial logistic regression (C 1) is
/// fitted to 10,000 points and its accuracy in naming k measured on 5,000 fresh ones. For a table of
/// codes pairs come from `MatchingRows`, which says when that is an approximation. **Interval**:
/// Wilson's, over the fresh points: it covers the draws and the table as it is. **Limits**: chance is
/// 1/K; codes of all factors but one can still reach 1. **Source**: Higgins et al. 2017, section 3;
/// protocol of Locatello et al. 2019.
public struct BetaVAEScore: InterventionMetric {
  static let batch = 64

  /// `beta-vae-score`.
  public var name: String { "beta-vae-score" }
  /// What it measures.
  public var summary: String {
    "How often a linear classifier names the factor that pairs of examples share."
  }
  /// Higgins et al., and the protocol.
  public var citations: [Citation] { [.higgins2017, .locatello2019] }

  /// The metric.
  public init() {}

  /// The score of a generator; throws what drawing throws.
  public func measure(
    _ sampler: any FactorSampler, _ options: MetricOptions = MetricOptions()
  ) throws -> Estimate {
    let generator = Generator(seed: options.seed)
    let train = try Self.points(sampler, count: options.trainCount, using: generator)
    let test = try Self.points(sampler, count: options.testCount, using: generator)
    let regression = SoftmaxRegression(
      train.features, classes: train.factors, count: sampler.factorCount)
    let hits = (regression.predict(test.features) .== test.factors).to(.float64).sum().item()
    return .share(hits, of: options.testCount, metric: self, seed: options.seed)
  }

  /// Codes that are their factors give every factor away.
  public func checkKnownAnswer() throws {
    let options = MetricOptions(trainCount: 100, testCount: 50)
    try expectKnown(measure(CodesAndFactors.knownIdentity, options).value, 1)
  }

  /// Mean absolute differences [count, d] and the factors [count] that pairs agreed on.
  static func points(
    _ sampler: any FactorSampler, count: Int, using generator: Generator
  ) throws -> (features: Tensor, factors: Tensor) {
    let drawn = Tensor.randint(0..<sampler.factorCount, [count], using: generator).sorted().values
    let sizes = drawn.binCount(minimumLength: sampler.factorCount).scalars(as: Int.self)
    var features: [Tensor] = []
    for (factor, size) in sizes.enumerated() {
      for start in stride(from: 0, to: size, by: 500) {
        let points = min(500, size - start)
        let (first, second) = try sampler.pairs(
          agreeingOn: factor, count: points * batch, using: generator)
        features.append(abs(first - second).reshaped([points, batch, -1]).mean(dim: 1))
      }
    }
    return (concatenated(features), drawn)
  }
}

extension Estimate {
  /// `hits` of `count` with Wilson's interval. **Source**: Wilson 1927.
  static func share(
    _ hits: Double, of count: Int, metric: any Metric, seed: UInt64
  ) -> Estimate {
    let (share, total, z) = (hits / Double(count), Double(count), 1.96)
    let centre = (share + z * z / (2 * total)) / (1 + z * z / total)
    let spread = (share * (1 - share) / total + z * z / (4 * total * total)).squareRoot()
    let half = z * spread / (1 + z * z / total)
    return Estimate(
      share, interval: [min(share, max(0, centre - half)), max(share, min(1, centre + half))],
      count: count, of: metric,
      seed: seed)
  }
}
