public import LatentCore
import Torch

/// Separated attribute predictability with squared correlation instead of a classifier.
///
/// The score of a code for a factor is their squared correlation over at most 10,000 examples, 0 for
/// a code with a variance below 1e−12; then mean over factors of best minus second best. The mode
/// for real factors; classes enter with their numbers, which means something only where these are in
/// order. **Interval**: bootstrap over examples. **Limits**: not comparable with `sap`; blind to
/// relations that are not monotonic. **Source**: Kumar et al. 2017, arXiv 1711.00848, section 3.
public struct CorrelationPredictability: FactorMetric {
  /// `sap-correlation`.
  public var name: String { "sap-correlation" }
  /// What it measures.
  public var summary: String {
    "How far the best single code leads the second best in squared correlation with a factor."
  }
  /// Kumar et al.
  public var citations: [Citation] { [.kumar2018, .locatello2019] }

  /// The metric.
  public init() {}

  /// The score; throws `MetricError` for a single code.
  public func measure(_ data: CodesAndFactors, _ options: MetricOptions) throws -> Estimate {
    try requireTwoCodes(data)
    let sample = data.sample(options)
    let weights = Tensor.ones([sample.count], dtype: .float64)
    let value = Self.score(sample, weights: weights)
    let bootstrap = Bootstrap(count: sample.count, seed: options.seed)
    let resampled = (0..<options.resamples).map { _ in
      Self.score(sample, weights: bootstrap.weights())
    }
    return Estimate(
      value, interval: Bootstrap.interval(value, resampled, within: range), count: sample.count,
      of: self, seed: options.seed)
  }

  /// Codes that are independent factors: 1 against 0; turned by 45° both codes know as much.
  public func checkKnownAnswer() throws {
    let data = try CodesAndFactors.knownIdentity
    let weights = Tensor.ones([data.count], dtype: .float64)
    try expectKnown(Self.score(data, weights: weights), 1)
    try expectKnown(Self.score(CodesAndFactors.knownDuplicate, weights: weights), 0)
  }

  static func score(_ data: CodesAndFactors, weights: Tensor) -> Double {
    let factors = stacked(
      data.factors.map { factor in
        switch factor.values {
        case .classes(let numbers, _): numbers.to(.float64)
        case .real(let numbers): numbers
        }
      }, dim: 1)
    let shares = weights.unsqueezed(dim: 1) / Double(data.count)
    let z = data.codes - (data.codes * shares).sum(dim: 0)
    let y = factors - (factors * shares).sum(dim: 0)
    let covariance = matmul((z * shares).transposed(0, 1), y)
    let variance = (squared(z) * shares).sum(dim: 0)
    let spread = (squared(y) * shares).sum(dim: 0)
    let scores = squared(covariance) / (variance.unsqueezed(dim: 1) * spread)
    let known = scores.replacing(with: 0, where: (variance .<= 1e-12).unsqueezed(dim: 1))
    let top = known.top(2, dim: 0).values
    return (top[0] - top[1]).mean().item()
  }
}
