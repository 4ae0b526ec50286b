public import LatentCore
public import Torch

/// How alike two encoders' codes of the same examples are.
public struct PairMetric: Metric {
  /// The name.
  public let name: String
  /// What it measures.
  public let summary: String
  /// The smallest and largest value.
  public let range: ClosedRange<Double>
  /// Where it comes from.
  public let citations: [Citation]
  private let known: Double
  private let compute: @Sendable (Tensor, Tensor, MetricOptions) throws -> Double

  private init(
    _ name: String, _ summary: String, range: ClosedRange<Double> = 0...1, _ citation: Citation,
    known: Double, _ compute: @escaping @Sendable (Tensor, Tensor, MetricOptions) throws -> Double
  ) {
    self.name = name
    self.summary = summary
    self.range = range
    citations = [citation]
    self.known = known
    self.compute = compute
  }

  /// Codes and other codes.
  public var needs: String { "codes, against" }

  /// The number of codes `[n, d]` and `[n, e]`, of at most 2,000 examples, with the interval of parts of them; after the known answer was met once in this process.
  ///
  /// Throws `MetricError` for different lengths, fewer than 50 examples and codes that the definition does not cover.
  public func estimate(
    _ x: Tensor, _ y: Tensor, _ options: MetricOptions = MetricOptions()
  ) throws -> Estimate {
    var (a, b) = try pairedTables(x, y, metric: name, minimum: 50)
    try SelfTests.pass(self)
    if a.size(0) > 2000 {
      let rows = Tensor.randperm(a.size(0), using: Generator(seed: options.seed))[0..<2000]
      (a, b) = (a.selected(rows, dim: 0), b.selected(rows, dim: 0))
    }
    let value = try compute(a, b, options)
    let interval = Subsampling(options).interval(value, counts: [a.size(0)], within: range) {
      try compute(a.selected($0[0], dim: 0), b.selected($0[0], dim: 0), options)
    }
    return Estimate(
      value, interval: interval, count: a.size(0), of: self, seed: options.seed)
  }

  /// Codes and the same rotated have the known answer.
  public func checkKnownAnswer() throws {
    let x = Tensor.randn([60, 3], using: Generator(seed: 1), dtype: .float64)
    let turn = Tensor([[0.0, 1, 0], [-1, 0, 0], [0, 0, 1]], dtype: .float64)
    try expectKnown(compute(x, matmul(x, turn), MetricOptions()), known)
  }

  /// Every one of them, in the order of tables.
  public static let all: [PairMetric] = [
    PairMetric(
      "cka", "Linear centred kernel alignment, without bias by the number of examples.",
      range: -1...1, .kornblith2019, known: 1
    ) { x, y, _ in try centredKernelAlignment(x, y) },
    PairMetric(
      "cka-rbf", "Centred kernel alignment with Gaussian kernels of half the median distance.",
      range: -1...1, .kornblith2019, known: 1
    ) { x, y, _ in try centredKernelAlignment(x, y, kernel: .gaussian()) },
    PairMetric(
      "svcca", "Mean canonical correlation of the directions with 99 % of the variance.",
      .raghu2017, known: 1
    ) { x, y, _ in try SVCCA(x, y).mean },
    PairMetric(
      "procrustes", "Distance after the best rotation and scale; 0 for equal shapes.",
      .gower1975, known: 0
    ) { x, y, _ in try procrustesDistance(x, y) },
    PairMetric(
      "relative-cosine", "Mean cosine of similarities to a fifth of the examples as anchors.",
      range: -1...1, .moschella2023, known: 1
    ) { x, y, options in try relative(x, y, options).cosine },
    PairMetric(
      "relative-retrieval", "Share of examples whose nearest relative coordinate is their own.",
      .moschella2023, known: 1
    ) { x, y, options in try relative(x, y, options).retrieval },
  ]

  private static func relative(
    _ x: Tensor, _ y: Tensor, _ options: MetricOptions
  ) throws -> RelativeSimilarity {
    let n = x.size(0)
    let order = Tensor.randperm(n, using: Generator(seed: options.seed)).scalars(as: Int.self)
    return try RelativeSimilarity(x, y, anchors: Array(order.prefix(min(300, n / 5))))
  }
}
