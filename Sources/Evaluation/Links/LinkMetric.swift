public import Datasets
public import LatentCore
import LatentNN
import Torch

/// How well scores tell hidden edges of a graph from pairs that nothing joins.
public struct LinkMetric: Metric {
  /// The name.
  public let name: String
  /// What it measures.
  public let summary: String
  /// Kipf & Welling, whose protocol it follows.
  public var citations: [Citation] {
    [
      Citation(
        authors: "Kipf & Welling", title: "Variational Graph Auto-Encoders", year: 2016,
        arXiv: "1611.07308", place: "section 2")
    ]
  }
  private let known: Double
  private let compute: @Sendable (LinkScores) -> Double

  /// A graph with hidden edges.
  public var needs: String { "graph" }

  /// Both of them.
  public static let all: [LinkMetric] = [
    LinkMetric(
      name: "link-auc",
      summary: "Area under the ROC curve of hidden edges against as many other pairs.",
      known: 0.75
    ) { $0.areaUnderROC },
    LinkMetric(
      name: "link-ap", summary: "Average precision of hidden edges among as many other pairs.",
      known: 5.0 / 6
    ) { $0.averagePrecision },
  ]

  private init(
    name: String, summary: String, known: Double,
    compute: @escaping @Sendable (LinkScores) -> Double
  ) {
    (self.name, self.summary, self.known, self.compute) = (name, summary, known, compute)
  }

  /// The number, with a bootstrap over pairs as its interval; throws `MetricError` for a missed known answer.
  public func estimate(
    _ links: LinkScores, _ options: MetricOptions = MetricOptions()
  ) throws -> Estimate {
    try SelfTests.pass(self)
    let value = compute(links)
    let bootstrap = Bootstrap(count: links.scores.count, seed: options.seed)
    let resampled = (0..<options.resamples).compactMap { _ -> Double? in
      let drawn = links.selected(bootstrap.places())
      return (try? LinkScores(scores: drawn.scores, linked: drawn.linked.to(.float32))).map(compute)
    }
    return Estimate(
      value, interval: Bootstrap.interval(value, resampled, within: range),
      count: links.scores.count, of: self, seed: options.seed)
  }

  /// Scores 0.1, 0.4, 0.35, 0.8 of pairs 0, 0, 1, 1: three of four comparisons are right.
  public func checkKnownAnswer() throws {
    let links = try LinkScores(
      scores: Tensor([0.1, 0.4, 0.35, 0.8]), linked: Tensor([0.0, 0, 1, 1]))
    try expectKnown(compute(links), known)
  }
}

/// The metrics of a method on the hidden pairs of graphs, whose mean codes score them.
///
/// Throws `MetricError` for data without hidden pairs, and what reading them throws.
public func linkMetrics(
  of method: any Method & PredictsLinks, on data: any Dataset, seed: UInt64
) throws -> [String: Estimate] {
  let batch = try data.all()
  guard let pairs = batch.extras["pairs"], let linked = batch.extras["linked"] else {
    throw MetricError(
      metric: "links", "expected a graph with hidden pairs, found none",
      remedy: "take the validation or the test part")
  }
  let logits = withoutGradients {
    evaluating(method.model) { method.linkLogits(batch.examples, pairs: pairs) }
  }
  let links = try LinkScores(scores: logits, linked: linked)
  let options = MetricOptions(seed: seed & UInt64(Int64.max))
  return Dictionary(
    uniqueKeysWithValues: try LinkMetric.all.map { ($0.name, try $0.estimate(links, options)) })
}
