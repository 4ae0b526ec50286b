public import LatentCore
public import Torch

/// A number that describes the shape of a set of codes.
public struct GeometryMetric: CodeMetric {
  /// The name.
  public let name: String
  /// What it measures.
  public let summary: String
  /// The smallest and largest value.
  public let range: ClosedRange<Double>
  /// Where it comes from.
  public let citations: [Citation]
  /// Its unit.
  public let unit: String
  private let compute: @Sendable (Tensor) throws -> Double
  private let known: @Sendable () -> (codes: Tensor, value: Double, tolerance: Double)

  private init(
    _ name: String, _ summary: String, range: ClosedRange<Double>, unit: String = "",
    _ citation: Citation,
    known: @escaping @Sendable () -> (codes: Tensor, value: Double, tolerance: Double),
    _ compute: @escaping @Sendable (Tensor) throws -> Double
  ) {
    self.name = name
    self.summary = summary
    self.range = range
    self.unit = unit
    citations = [citation]
    self.known = known
    self.compute = compute
  }

  /// The number of at most 10,000 codes, with the interval of parts without repeats: repeated codes have another shape.
  public func measure(codes: Tensor, _ options: MetricOptions) throws -> Estimate {
    let count = codes.size(0)
    let sample =
      count > options.trainCount
      ? codes.selected(
        Tensor.randperm(count, using: Generator(seed: options.seed))[0..<options.trainCount], dim: 0
      )
      : codes
    let value = try compute(sample)
    let interval = Subsampling(options).interval(value, counts: [sample.size(0)], within: range) {
      try compute(sample.selected($0[0], dim: 0))
    }
    return Estimate(
      value, interval: interval, count: sample.size(0), of: self, seed: options.seed)
  }

  /// Measures codes whose answer is known.
  public func checkKnownAnswer() throws {
    let example = known()
    try expectKnown(compute(example.codes), example.value, tolerance: example.tolerance)
  }

  /// Every one of them, in the order of tables.
  public static let all: [GeometryMetric] = [
    GeometryMetric(
      "intrinsic-dimension-twonn",
      "Dimension of the surface that codes lie on, from their two nearest neighbours.",
      range: 0...Double.infinity, .facco2017, known: { (square, 2, 0.4) }
    ) { try IntrinsicDimension.twoNN($0) },
    GeometryMetric(
      "intrinsic-dimension-mle",
      "Dimension of the surface that codes lie on, by likelihood of 20 neighbours' distances.",
      range: 0...Double.infinity, .levina2005, known: { (square, 2, 0.4) }
    ) { try IntrinsicDimension.maximumLikelihood($0) },
    GeometryMetric(
      "intrinsic-dimension-pca",
      "Principal components that hold 95 % of the variance of 30 neighbours, mean over codes.",
      range: 1...Double.infinity, .fukunaga1971, known: { (square, 2, 0.05) }
    ) { try IntrinsicDimension.localPCA($0) },
    GeometryMetric(
      "effective-rank", "exp of the entropy of the codes' normalised singular values.",
      range: 1...Double.infinity, .roy2007, known: { (axes, 3, 1e-9) }
    ) { try EffectiveRank($0).effectiveRank },
    GeometryMetric(
      "participation-ratio", "(Σλ)²/Σλ² of the eigenvalues of the codes' covariance.",
      range: 1...Double.infinity, .gao2017, known: { (axes, 3, 1e-9) }
    ) { try EffectiveRank($0).participationRatio },
    GeometryMetric(
      "isoscore", "How evenly codes use all directions: 1 for equal variance, 0 for a line.",
      range: 0...1, .rudman2022, known: { (axes, 1, 1e-9) }
    ) { try isoScore($0) },
    GeometryMetric(
      "hubness", "Skewness of how often a code is among the 10 nearest of others.",
      range: -Double.infinity...Double.infinity, .radovanovic2010, known: { (circle, 0, 1e-6) }
    ) { try Evaluation.hubness($0).skewness },
    GeometryMetric(
      "uniformity", "log mean exp(−2 ‖x − y‖²) of codes on the unit sphere; lower is more even.",
      range: -8...0, unit: "nat", .wang2020,
      known: { (concatenated([pole, -1 * pole]), -8, 1e-9) }
    ) { try AlignmentUniformity.uniformity($0) },
  ]

  /// Uniform points of a plane in four dimensions.
  private static var square: Tensor {
    let points = Tensor.rand([400, 2], using: Generator(seed: 3), dtype: .float64)
    return concatenated([points, Tensor.zeros([400, 2], dtype: .float64)], dim: 1)
  }

  /// ± the three unit vectors.
  private static var axes: Tensor {
    concatenated([Tensor.eye(3, dtype: .float64), -1 * Tensor.eye(3, dtype: .float64)])
  }

  /// Points at equal angles, which all are neighbours of ten.
  private static var circle: Tensor {
    let angles = Tensor.arange(101).to(.float64) * (2 * Double.pi / 101)
    return stacked([cos(angles), sin(angles)], dim: 1)
  }

  private static var pole: Tensor { Tensor([[0.0, 1]], dtype: .float64) }
}
