public import LatentCore
public import Torch

/// Total correlation of the codes from nearest neighbours, in nats.
///
/// For example i, ε_i is the largest-coordinate distance to its third neighbour and n_d(i) the
/// number of others nearer than ε_i in code d: ψ(3) + (D − 1) ψ(N) − ⟨Σ_d ψ(n_d + 1)⟩. Codes are
/// standardised, blurred by 1e−10, and at most 5,000 examples used, since the work grows with the
/// square; constant codes are left out; an estimate below 0 is chance and is reported as it is.
/// **Interval**: from parts of the examples. **Limits**: far too small for
/// strong dependence in many dimensions. **Source**: Kraskov et al. 2003, arXiv cond-mat/0305641,
/// eq. 23.
public struct NeighbourTotalCorrelation: CodeMetric {
  private static let neighbours = 3

  /// `total-correlation-ksg`.
  public var name: String { "total-correlation-ksg" }
  /// What it measures.
  public var summary: String { "How far the codes are from independent, by nearest neighbours." }
  /// Nats.
  public var unit: String { "nat" }
  /// From none without end.
  public var range: ClosedRange<Double> { 0...Double.infinity }
  /// Kraskov et al.
  public var citations: [Citation] { [.kraskov2004, .watanabe1960] }

  /// The metric.
  public init() {}

  /// The total correlation; throws `MetricError` for fewer than two codes that vary.
  public func measure(codes: Tensor, _ options: MetricOptions) throws -> Estimate {
    let sample = try requireTwoVarying(codes, atMost: options.testCount, seed: options.seed)
    let value = Self.value(sample, seed: options.seed)
    let everything = -Double.infinity...Double.infinity
    let interval = Subsampling(options).interval(
      value, counts: [sample.size(0)], within: everything
    ) { Self.value(sample.selected($0[0], dim: 0), seed: options.seed) }
    return Estimate(
      value, interval: interval, count: sample.size(0), of: self, seed: options.seed)
  }

  /// Two independent uniform codes tell nothing of each other.
  public func checkKnownAnswer() throws {
    let codes = Tensor.rand([400, 2], using: Generator(seed: 3), dtype: .float64)
    try expectKnown(Self.value(codes, seed: 0), 0, tolerance: 0.1)
  }

  static func value(_ codes: Tensor, seed: UInt64) -> Double {
    let (count, width) = (codes.size(0), codes.size(1))
    let scaled = (codes - codes.mean(dim: 0)) / codes.standardDeviation(dims: [0], correction: 0)
    let noise = Tensor.randn(scaled.shape, using: Generator(seed: seed), dtype: .float64)
    let points = scaled + 1e-10 * noise
    let columns = points.transposed(0, 1).contiguous()
    let sorted = columns.sorted(dim: 1).values
    var total = 0.0
    for start in stride(from: 0, to: count, by: 500) {
      let some = points[start..<min(start + 500, count)]
      // The smallest distance is that to the example itself.
      let distances = pairwiseDistances(some, points, p: .infinity)
        .top(neighbours + 1, dim: 1, largest: false).values[.all, neighbours]
      let centres = some.transposed(0, 1).contiguous()
      let radius = distances - 1e-15 * (abs(centres) + distances)
      let above = sorted.insertionIndices(of: centres + radius, right: true)
      let below = sorted.insertionIndices(of: centres - radius)
      // The number of others and one: the example itself is among those counted.
      total += digamma((above - below).to(.float64).clamped(min: 1)).sum().item()
    }
    let known = digamma(Tensor([Double(neighbours), Double(count)], dtype: .float64))
    return known[0].item() + Double(width - 1) * known[1].item() - total / Double(count)
  }
}
