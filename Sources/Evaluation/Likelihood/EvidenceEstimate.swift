import Distributions
public import Torch

/// Estimates of log p(x) of several examples from log-weights, each with what its sampling makes uncertain.
///
/// Every value is log (1/k) Σ w with E w = p(x): a lower bound in the mean, whose gap and error both fall with the weights'
/// variance.
public struct EvidenceEstimate: Sendable, Equatable {
  /// The bound's name: `IWAE-5000`, `AIS-1000`, …
  public let name: String
  /// The estimate of each example in nats.
  public let values: [Double]
  /// The standard error of each from its own weights: s/(√k w̄), s their standard deviation (the delta method).
  public let standardErrors: [Double]
  /// (Σw)²/Σw² of each, from 1 to k.
  public let effectiveSampleSizes: [Double]
  /// The Pareto shape k̂ of each example's weights; nil with fewer than 25 weights, which have no tail to fit.
  public let paretoShapes: [Double]?
  /// The number of weights of each example.
  public let draws: Int

  /// From log-weights `[k, n]`.
  public init(name: String, logWeights: Tensor) {
    let weights = logWeights.detached().to(.cpu).to(.float64)
    let k = Double(weights.size(0))
    self.name = name
    draws = weights.size(0)
    values = logMeanExp(weights, dim: 0).scalars(as: Double.self)
    let sizes = effectiveSampleSize(logWeights: weights)
    effectiveSampleSizes = sizes.scalars(as: Double.self)
    standardErrors = effectiveSampleSizes.map { size in
      k > 1 ? (Swift.max(0, 1 / size - 1 / k) * k / (k - 1)).squareRoot() : .infinity
    }
    paretoShapes =
      weights.size(0) < 25
      ? nil
      : weights.unbound(dim: 1).map { ParetoSmoothing($0.scalars(as: Double.self)).shape }
  }

  private init(
    name: String, values: [Double], standardErrors: [Double], effectiveSampleSizes: [Double],
    paretoShapes: [Double]?, draws: Int
  ) {
    self.name = name
    self.values = values
    self.standardErrors = standardErrors
    self.effectiveSampleSizes = effectiveSampleSizes
    self.paretoShapes = paretoShapes
    self.draws = draws
  }

  /// The estimates of several batches as one, in order; all must have one name and number of weights.
  public static func joined(_ parts: [EvidenceEstimate]) -> EvidenceEstimate {
    let shapes = parts.compactMap(\.paretoShapes)
    return EvidenceEstimate(
      name: parts.first?.name ?? "", values: parts.flatMap(\.values),
      standardErrors: parts.flatMap(\.standardErrors),
      effectiveSampleSizes: parts.flatMap(\.effectiveSampleSizes),
      paretoShapes: shapes.count == parts.count ? shapes.flatMap { $0 } : nil,
      draws: parts.first?.draws ?? 0)
  }

  /// The estimates of some of the examples.
  public func selected(_ examples: Range<Int>) -> EvidenceEstimate {
    EvidenceEstimate(
      name: name, values: Array(values[examples]), standardErrors: Array(standardErrors[examples]),
      effectiveSampleSizes: Array(effectiveSampleSizes[examples]),
      paretoShapes: paretoShapes.map { Array($0[examples]) }, draws: draws)
  }

  /// The mean over examples, with the interval of the mean over *all examples of their law*: it includes which examples were
  /// drawn.
  public var overExamples: Estimate { Estimate(of: values, unit: "nat", bound: name) }

  /// The mean over *these* examples, with the interval of the sampling of weights alone.
  ///
  /// mean − 1.96 e … mean + 1.96 e + b, with e the error of the mean and b = ½ mean of squared errors the first-order gap by which
  /// the logarithm of a mean falls short.
  public var overDraws: Estimate {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let squares = standardErrors.reduce(0) { $0 + $1 * $1 }
    let error = squares.squareRoot() / count
    var estimate = Estimate(of: values, unit: "nat", bound: name)
    estimate.interval = [mean - 1.96 * error, mean + 1.96 * error + 0.5 * squares / count]
    return estimate
  }

  /// The same numbers in bits per dimension of the data: −value/(d ln 2), less is better.
  public static func bitsPerDimension(_ nats: Estimate, dimensions: Int) -> Estimate {
    let factor = -1 / (Double(dimensions) * 0.693_147_180_559_945_3)
    var bits = nats
    bits.value *= factor
    bits.interval = nats.interval.map { $0 * factor }.reversed()
    bits.unit = "bit/dim"
    return bits
  }
}
