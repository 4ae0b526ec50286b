public import LatentCore
import Torch

/// Separated attribute predictability: mean over factors of best minus second best code.
///
/// The score of a code for a factor is the test accuracy of a linear support vector machine with
/// that code as its only feature (C 0.01, balanced classes, one against the rest), fitted to at most
/// 10,000 examples and tested on at most 5,000 others. Real factors have no classes and are refused:
/// `sap-correlation` is the mode for them. **Interval**: bootstrap over test examples, machines
/// fixed. **Limits**: a linear machine of one number can name few classes, so factors of many values
/// pull the score to 0. **Source**: Kumar et al. 2017, arXiv 1711.00848, section 3; protocol of
/// Locatello et al. 2019, discrete mode.
public struct SeparatedAttributePredictability: FactorMetric {
  /// `sap`.
  public var name: String { "sap" }
  /// What it measures.
  public var summary: String {
    "How far the best single code leads the second best in predicting a factor's class."
  }
  /// Kumar et al., and the protocol.
  public var citations: [Citation] { [.kumar2018, .locatello2019] }

  /// The metric.
  public init() {}

  /// The score; throws `MetricError` for a single code and for real factors.
  public func measure(_ data: CodesAndFactors, _ options: MetricOptions) throws -> Estimate {
    try requireTwoCodes(data)
    try requireClasses(data)
    let (train, test) = data.split(options)
    let hits = Self.hits(train, test)
    let value = Self.score(hits, weights: Tensor.ones([test.count], dtype: .float64))
    let bootstrap = Bootstrap(count: test.count, seed: options.seed)
    let resampled = (0..<options.resamples).map { _ in
      Self.score(hits, weights: bootstrap.weights())
    }
    return Estimate(
      value, interval: Bootstrap.interval(value, resampled, within: range), count: test.count,
      of: self, seed: options.seed)
  }

  /// Two codes that are factors of two classes each predict one perfectly and the other by chance.
  public func checkKnownAnswer() throws {
    let data = try CodesAndFactors.knownBits
    let hits = Self.hits(data, data)
    try expectKnown(Self.score(hits, weights: Tensor.ones([80], dtype: .float64)), 0.5)
  }

  /// Whether each test example is predicted: [m, d, k], 1 or 0.
  static func hits(_ train: CodesAndFactors, _ test: CodesAndFactors) -> Tensor {
    let labels = train.factors.map { ($0.classes?.numbers.scalars(as: Int.self) ?? []) }
    let columns = (0..<train.codeCount).map { code in
      let feature = train.codes[.all, code].scalars(as: Double.self)
      let tested = test.codes[.all, code]
      return stacked(
        train.factors.indices.map { place in
          let machine = OneFeatureSVM(
            feature, classes: labels[place], count: train.factors[place].classes?.count ?? 0)
          let truth = test.factors[place].classes?.numbers ?? Tensor([0])
          return (machine.predict(tested) .== truth).to(.float64)
        }, dim: 1)
    }
    return stacked(columns, dim: 1)
  }

  /// Mean over factors of the two largest accuracies' difference.
  static func score(_ hits: Tensor, weights: Tensor) -> Double {
    let accuracies = (hits * weights.reshaped([-1, 1, 1])).mean(dim: 0)
    let top = accuracies.top(2, dim: 0).values
    return (top[0] - top[1]).mean().item()
  }
}
