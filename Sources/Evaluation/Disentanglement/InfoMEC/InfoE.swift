public import LatentCore
import Torch

/// InfoE, explicitness: the share of each factor's entropy that a linear classifier gets from codes.
///
/// Mean over factors of (ln K − L) / ln K: L is the cross entropy in nats of multinomial logistic
/// regression without penalty and with balanced classes, after at most 100 steps, on the examples it
/// was fitted to; ln K is that of a classifier that sees no code. Real codes are standardised, codes
/// that repeat few numbers are one-hot. At most 10,000 examples; real factors are refused.
/// **Interval**: over examples of the fitted losses, since at the least loss the fit's own change is of
/// second order. **Limits**: measured where
/// it was fitted, so that many codes and few examples raise it. **Source**: Hsu et al. 2023, arXiv
/// 2305.18378, section 4; predictive information of Xu et al. 2020, arXiv 2002.10689.
public struct InfoE: FactorMetric {
  /// `infoe`.
  public var name: String { "infoe" }
  /// What it measures.
  public var summary: String {
    "The share of the factors' entropy that a linear classifier gets from the code."
  }
  /// Hsu et al.
  public var citations: [Citation] { [.hsu2023] }

  /// The metric.
  public init() {}

  /// The score; throws `MetricError` for real factors.
  public func measure(_ data: CodesAndFactors, _ options: MetricOptions) throws -> Estimate {
    try requireClasses(data)
    let sample = data.sample(options)
    let mean = Estimate(of: Self.shares(sample), unit: unit)
    let half = (mean.interval[1] - mean.interval[0]) / 2
    return Estimate(
      mean.value,
      interval: Bootstrap.interval(mean.value, deviation: half / 1.96, within: range),
      count: sample.count, of: self, seed: options.seed)
  }

  /// Codes that are their factors tell all, within the steps taken; constant codes tell nothing.
  public func checkKnownAnswer() throws {
    let data = try CodesAndFactors.knownBits
    try expectKnown(Self.score(data), 1, tolerance: 0.01)
    let still = try CodesAndFactors(codes: Tensor.zeros([80, 1]), columns: data.factors)
    try expectKnown(Self.score(still), 0)
  }

  static func score(_ data: CodesAndFactors) -> Double {
    let shares = Self.shares(data)
    return shares.reduce(0, +) / Double(shares.count)
  }

  /// (ln K − loss) / ln K of each example, mean over factors.
  private static func shares(_ data: CodesAndFactors) -> [Double] {
    let inputs = data.areCodesDiscrete ? data.oneHotCodes : data.standardisedCodes
    let settings = SoftmaxRegression.Options(
      inversePenalty: nil, isBalanced: true, steps: 100, tolerance: 1e-5)
    let shares = data.factors.compactMap { factor -> Tensor? in
      guard let (classes, count) = factor.classes else { return nil }
      let regression = SoftmaxRegression(
        inputs, classes: classes, count: count, options: settings)
      let logs = regression.logProbabilities(inputs)
      let losses = -logs.gathered(classes.unsqueezed(dim: 1), dim: 1).squeezed(dim: 1)
      let nothing = log(Tensor(Double(count), dtype: .float64)).item()
      return (nothing - losses) / nothing
    }
    return stacked(shares).mean(dim: 0).scalars(as: Double.self)
  }
}

extension CodesAndFactors {
  /// Codes of mean 0 and variance 1; a constant code is 0.
  fileprivate var standardisedCodes: Tensor {
    let spread = codes.standardDeviation(dims: [0], correction: 0)
    return (codes - codes.mean(dim: 0)) / spread.replacing(with: 1, where: spread .== 0)
  }

  /// An indicator for each number of each code.
  fileprivate var oneHotCodes: Tensor {
    concatenated(
      discreteCodes.compactMap(\.classes).map { $0.oneHot(classes: $1).to(.float64) }, dim: 1)
  }
}
