public import LatentCore
import Torch

/// How well the codes nearest to an example are of its class: see `retrievalScores`.
public struct RetrievalMetric: LabelMetric {
  /// The k of recall@k; nil for the mean average precision.
  public let recallAt: Int?

  /// Mean average precision, or recall@k.
  public init(recallAt k: Int? = nil) { recallAt = k }

  /// `retrieval-map`, `retrieval-recall-1`, …
  public var name: String { recallAt.map { "retrieval-recall-\($0)" } ?? "retrieval-map" }
  /// What it measures.
  public var summary: String {
    recallAt.map { "Share of examples with one of their class among the \($0) nearest, by cosine." }
      ?? "Mean average precision of the other examples of the class, ranked by cosine."
  }
  /// Manning et al.
  public var citations: [Citation] { [.manning2008] }

  /// The score of at most 5,000 examples, with the interval over queries.
  public func measure(_ data: LabelledCodes, _ options: MetricOptions) throws -> Estimate {
    let generator = Generator(seed: options.seed)
    let sample =
      data.count > options.testCount
      ? data.selected(Tensor.randperm(data.count, using: generator)[0..<options.testCount]) : data
    let scores = try data.shared("retrieval \(options.seed)") {
      try retrievalScores(sample, ks: [recallAt ?? 1])
    }
    let values =
      recallAt.map { k in scores.firstHits.map { $0 < k ? 1.0 : 0.0 } } ?? scores.averagePrecisions
    return estimate(of: values, seed: options.seed)
  }

  /// Two far groups are retrieved perfectly.
  public func checkKnownAnswer() throws {
    try expectKnown(measure(.knownGroups, MetricOptions()).value, 1)
  }
}
