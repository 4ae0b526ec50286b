public import LatentCore
public import Torch

/// Total correlation of the codes as if they were jointly Gaussian, in nats.
///
/// ½ (Σ_d ln Σ_dd − ln det Σ) = −½ ln det of the correlation matrix, over at most 10,000 examples: 0
/// for uncorrelated codes, and a lower bound of the truth when each code alone is Gaussian. Constant
/// codes are left out; codes that determine each other are refused, their total correlation being
/// infinite. **Interval**: bootstrap over examples. **Limits**: sees linear dependence only;
/// `total-correlation-ksg` sees more. **Source**: Watanabe 1960; protocol of Locatello et al. 2019
/// (Gaussian total correlation).
public struct TotalCorrelation: CodeMetric {
  /// `total-correlation`.
  public var name: String { "total-correlation" }
  /// What it measures.
  public var summary: String { "How far the codes are from uncorrelated, as Gaussians." }
  /// Nats.
  public var unit: String { "nat" }
  /// From none without end.
  public var range: ClosedRange<Double> { 0...Double.infinity }
  /// Watanabe, and the protocol.
  public var citations: [Citation] { [.watanabe1960, .locatello2019] }

  /// The metric.
  public init() {}

  /// The total correlation; throws `MetricError` for fewer than two codes that vary and for codes
  /// that determine each other.
  public func measure(codes: Tensor, _ options: MetricOptions) throws -> Estimate {
    let sample = try requireTwoVarying(codes, atMost: options.trainCount, seed: options.seed)
    let value = Self.value(sample)
    guard value < 0.5 * 23 * Double(sample.size(1)), value.isFinite else {
      throw MetricError(
        metric: name, "expected codes that do not determine each other, found linear dependence",
        remedy: "leave out the codes that repeat others: the total correlation is infinite")
    }
    let bootstrap = Bootstrap(count: sample.size(0), seed: options.seed)
    let resampled = (0..<options.resamples).map { _ in
      Self.value(sample.selected(bootstrap.places(), dim: 0))
    }
    return Estimate(
      value, interval: Bootstrap.interval(value, resampled, within: range), count: sample.size(0),
      of: self, seed: options.seed)
  }

  /// Two codes whose correlation is 0.6 exactly: −½ ln(1 − 0.36).
  public func checkKnownAnswer() throws {
    let first = Tensor([1, 1, -1, -1], dtype: .float64)
    let second = Tensor([1, -1, 1, -1], dtype: .float64)
    let codes = stacked([first, 0.6 * first + 0.8 * second], dim: 1)
    try expectKnown(Self.value(codes), 0.223_143_551)
  }

  /// −½ ln det of the correlation matrix of [n, d]; infinite where it is singular.
  static func value(_ codes: Tensor) -> Double {
    let centred = codes - codes.mean(dim: 0)
    let scaled = centred / sqrt(squared(centred).sum(dim: 0))
    let (sign, logarithm) = LinearAlgebra.slogdet(matmul(scaled.transposed(0, 1), scaled))
    return sign.item() > 0 ? -0.5 * logarithm.item() : .infinity
  }
}

extension CodeMetric {
  /// At most `limit` rows of the codes that vary; throws `MetricError` for fewer than two of these.
  func requireTwoVarying(_ codes: Tensor, atMost limit: Int, seed: UInt64) throws -> Tensor {
    let spans = codes.max(dims: [0]) - codes.min(dims: [0])
    let varying = (spans .> 0).nonzero().squeezed(dim: 1)
    guard varying.count > 1 else {
      throw MetricError(
        metric: name, "expected at least 2 code dimensions that vary, found \(varying.count)",
        remedy: "dependence needs two; look for a collapsed posterior")
    }
    let kept = codes.selected(varying, dim: 1)
    guard codes.size(0) > limit else { return kept }
    let order = Tensor.randperm(codes.size(0), using: Generator(seed: seed))
    return kept.selected(order[..<limit], dim: 0)
  }
}
