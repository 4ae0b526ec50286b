public import LatentCore
import Torch

/// Explicitness: how well a linear classifier ranks each class of each factor above the others.
///
/// Mean over factors of the mean over classes of the one-against-rest area under the ROC curve of
/// multinomial logistic regression (C 1) on codes standardised by the fitted examples; at most
/// 10,000 examples fitted, 5,000 others tested. A constant code is 0 after standardising; a class
/// that the test examples lack is left out; real factors are refused. **Interval**: over test
/// examples by DeLong's influence values, regression fixed. **Source**: Ridgeway & Mozer 2018,
/// arXiv 1802.05312, section 3 (there without scaling from 0.5 to 0); protocol of Locatello et al.
/// 2019.
public struct Explicitness: FactorMetric {
  /// `explicitness`.
  public var name: String { "explicitness" }
  /// What it measures.
  public var summary: String { "How well a linear classifier ranks each class of each factor." }
  /// Ridgeway & Mozer, and the protocol.
  public var citations: [Citation] { [.ridgeway2018, .locatello2019] }

  /// The metric.
  public init() {}

  /// The area; throws `MetricError` for real factors.
  public func measure(_ data: CodesAndFactors, _ options: MetricOptions) throws -> Estimate {
    try requireClasses(data)
    let (train, test) = data.split(options)
    let (value, influence) = Self.area(train, test)
    let variance = influence.variance(dims: [0]).item() / Double(test.count)
    let half = 1.96 * variance.squareRoot()
    return Estimate(
      value, interval: [max(value - half, 0), min(value + half, 1)], count: test.count, of: self,
      seed: options.seed)
  }

  /// Codes that are bits are ranked without error; of four scores, 3 of 4 pairs in order are 0.75.
  public func checkKnownAnswer() throws {
    let data = try CodesAndFactors.knownBits
    try expectKnown(Self.area(data, data).value, 1)
    let scores = Tensor([0.1, 0.4, 0.35, 0.8], dtype: .float64)
    let isMember = Tensor([0, 0, 1, 1]) .> 0
    try expectKnown(RankedArea(scores, isMember: isMember).area, 0.75)
  }

  /// The area, and what each test example adds to its error [m].
  static func area(_ train: CodesAndFactors, _ test: CodesAndFactors) -> (
    value: Double, influence: Tensor
  ) {
    let mean = train.codes.mean(dim: 0)
    let spread = train.codes.standardDeviation(dims: [0], correction: 0)
    let scale = spread.replacing(with: 1, where: spread .== 0)
    let (fitted, tested) = ((train.codes - mean) / scale, (test.codes - mean) / scale)
    var value = 0.0
    var influence = Tensor.zeros([test.count], dtype: .float64)
    for (factor, truth) in zip(train.factors, test.factors) {
      guard let (classes, count) = factor.classes, let (expected, _) = truth.classes else {
        continue
      }
      let regression = SoftmaxRegression(fitted, classes: classes, count: count)
      let scores = regression.logProbabilities(tested)
      let areas = (0..<count).compactMap { label -> RankedArea? in
        let isMember = expected .== label
        let members = isMember.to(.float64).mean().item()
        return members > 0 && members < 1
          ? RankedArea(scores[.all, label].contiguous(), isMember: isMember) : nil
      }
      let share = 1 / Double(train.factors.count * max(areas.count, 1))
      for area in areas {
        value += share * area.area
        influence = influence + share * area.influence
      }
    }
    return (value, influence)
  }
}
