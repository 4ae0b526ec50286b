public import LatentCore
import Torch

/// How near codes of one class are on the unit sphere: E ‖x − y‖² over positive pairs, x and y of unit length.
///
/// Positive pairs are two different examples of one class: an example is drawn, each as probable as another, then
/// another one of its class; all pairs are counted, none drawn. Classes of one example have no pair and are left out. 0 where all codes
/// of a class point one way, 2 for codes that are independent of the class and spread evenly. **Interval**: bootstrap over examples, pairs of an
/// example with itself left out. **Limits**: classes are not the augmented views of the paper, so that numbers of both cannot be
/// compared; lengths are thrown away, zero codes are refused. **Source**: Wang & Isola 2020, arXiv 2005.10242, section 4.1.1, α = 2.
public struct ClassAlignment: LabelMetric {
  /// `alignment`.
  public var name: String { "alignment" }
  /// What it measures.
  public var summary: String {
    "Mean squared distance of codes of one class on the unit sphere; smaller is nearer."
  }
  /// From one point to its opposite.
  public var range: ClosedRange<Double> { 0...4 }
  /// Wang and Isola.
  public var citations: [Citation] { [.wang2020] }

  /// The metric.
  public init() {}

  /// The mean over all pairs; throws `MetricError` for zero codes, and where no class has two examples.
  public func measure(_ data: LabelledCodes, _ options: MetricOptions) throws -> Estimate {
    let rows = try AlignmentUniformity.onSphere(data.codes, name)
    let classes = data.labels.oneHot(classes: data.classCount).to(.float64)
    guard data.classSizes.contains(where: { $0 > 1 }) else {
      throw MetricError(
        metric: name, "expected a class of at least two examples, found none",
        remedy: "pairs of one class are compared: give more examples of each")
    }
    let value = Self.mean(rows, classes, Tensor.ones([rows.size(0)], dtype: .float64))
    let bootstrap = Bootstrap(count: rows.size(0), seed: options.seed)
    let resampled = (0..<options.resamples).map { _ in
      Self.mean(rows, classes, bootstrap.weights())
    }.filter(\.isFinite)
    return Estimate(
      value, interval: Bootstrap.interval(value, resampled, within: range), count: data.count,
      of: self, seed: options.seed)
  }

  /// Two far groups on a line through 0: each is one direction.
  public func checkKnownAnswer() throws {
    let ends = Tensor([[2.0, 0], [1, 0], [0, 1], [0, 3]], dtype: .float64)
    let data = try LabelledCodes(codes: ends, labels: Tensor([0, 0, 1, 1]))
    try expectKnown(measure(data, MetricOptions(resamples: 0)).value, 0)
    let mixed = try LabelledCodes(codes: ends, labels: Tensor([0, 1, 0, 1]))
    try expectKnown(measure(mixed, MetricOptions(resamples: 0)).value, 2)
  }

  /// The mean over pairs of examples with whole weights `[n]`, unit rows `[n, d]` and indicators `[n, classes]`.
  ///
  /// Of a class with weights w and Σw = W the mean of 2 − 2 x·y over pairs of different examples is
  /// 2 − 2 (‖Σ w x‖² − Σ w²)/(W² − Σ w²), in closed form.
  private static func mean(_ rows: Tensor, _ classes: Tensor, _ weights: Tensor) -> Double {
    let weighted = classes * weights.unsqueezed(dim: 1)
    let sums = squared(matmul(weighted.transposed(0, 1), rows)).sum(dim: 1)
    let own = squared(weighted).sum(dim: 0)
    let size = weighted.sum(dim: 0)
    let pairs = squared(size) - own
    let isCounted = pairs .> 0
    let each = (2 - 2 * (sums - own) / pairs).replacing(with: 0, where: .!isCounted)
    let shares = size.replacing(with: 0, where: .!isCounted)
    return ((each * shares).sum() / shares.sum()).item()
  }
}
