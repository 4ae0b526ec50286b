public import LatentCore
import Torch

/// The expected calibration error: how far confidence is from accuracy, over 15 bins of confidence.
///
/// Σ_b (n_b/n) |accuracy_b − confidence_b|, confidence the probability of the most probable class, bins of equal width.
/// It is biased upwards for few examples. **Source**: Naeini et al. 2015; Guo et al. 2017, arXiv 1706.04599, eq. 3.
public struct CalibrationError: ClassPredictionMetric {
  /// The number of bins.
  public let bins: Int

  /// The error over this many bins.
  public init(bins: Int = 15) { self.bins = bins }

  /// `ece`.
  public var name: String { "ece" }
  /// What it measures.
  public var summary: String { "Mean gap between confidence and accuracy over bins of confidence." }
  /// Guo et al.
  public var citations: [Citation] { [.guo2017] }

  /// The error, with the interval of resampled examples.
  public func measure(_ data: ClassPredictions, _ options: MetricOptions) throws -> Estimate {
    let (confidence, hits) = (data.confidence, data.hits)
    let place = (confidence * bins).clamped(max: Double(bins - 1)).to(.int64)
    let gaps = hits - confidence
    func error(_ weights: Tensor) -> Double {
      let sums = Tensor.zeros([bins], dtype: .float64)
        .scatterAdding(gaps * weights, at: place, dim: 0)
      return abs(sums).sum().item() / Double(data.count)
    }
    let value = error(Tensor.ones([data.count], dtype: .float64))
    let bootstrap = Bootstrap(count: data.count, seed: options.seed)
    let resampled = (0..<options.resamples).map { _ in error(bootstrap.weights()) }
    return Estimate(
      value, interval: Bootstrap.interval(value, resampled, within: range), count: data.count,
      of: self, seed: options.seed)
  }

  /// Confidence 0.8 at an accuracy of one half is wrong by 0.3.
  public func checkKnownAnswer() throws {
    try expectKnown(measure(.known, MetricOptions(resamples: 0)).value, 0.3)
  }
}
