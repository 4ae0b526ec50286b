public import LatentCore
import Torch

/// How well groups found in the codes agree with the classes; as many groups as classes, in standardised codes.
public struct ClusteringMetric: LabelMetric {
  /// How groups are found.
  public enum Grouping: String, Sendable, CaseIterable {
    /// `KMeans` with ten starts.
    case kmeans
    /// `GaussianMixture` with three starts.
    case gmm
  }

  /// How agreement is scored; see `ClusteringScores`.
  public enum Score: String, Sendable, CaseIterable {
    /// Normalised mutual information.
    case nmi
    /// Adjusted Rand index.
    case ari
    /// Accuracy under the best naming.
    case accuracy
  }

  /// How groups are found.
  public let grouping: Grouping
  /// How agreement is scored.
  public let score: Score

  /// A grouping and a score.
  public init(_ grouping: Grouping, _ score: Score) {
    self.grouping = grouping
    self.score = score
  }

  /// `kmeans-nmi`, `gmm-accuracy`, …
  public var name: String { "\(grouping.rawValue)-\(score.rawValue)" }

  /// What it measures.
  public var summary: String {
    let groups = grouping == .kmeans ? "k-means" : "Gaussian mixture"
    return switch score {
    case .nmi: "Mutual information of \(groups) clusters and classes over their mean entropy."
    case .ari: "Rand index of \(groups) clusters and classes, corrected for chance."
    case .accuracy: "Share of right examples under the best naming of \(groups) clusters."
    }
  }

  /// The Rand index can be below 0.
  public var range: ClosedRange<Double> { score == .ari ? -0.5...1 : 0...1 }

  /// Strehl and Ghosh, or Hubert and Arabie.
  public var citations: [Citation] { [score == .ari ? .hubert1985 : .strehl2002] }

  /// The score of at most 10,000 examples, with the interval of bootstrapping examples under the groups found.
  public func measure(_ data: LabelledCodes, _ options: MetricOptions) throws -> Estimate {
    let (groups, classes) = try data.shared("\(grouping) \(options.seed)") {
      try clustered(data, options)
    }
    let value = read(try ClusteringScores(groups: groups, classes: classes))
    let bootstrap = Bootstrap(count: classes.count, seed: options.seed)
    let resampled = try (0..<options.resamples).map { _ in
      let rows = bootstrap.places()
      return read(
        try ClusteringScores(
          groups: groups.selected(rows, dim: 0), classes: classes.selected(rows, dim: 0)))
    }
    return Estimate(
      value, interval: Bootstrap.interval(value, resampled, within: range), count: classes.count,
      of: self, seed: options.seed)
  }

  /// The groups and the classes of the examples that are measured.
  private func clustered(
    _ data: LabelledCodes, _ options: MetricOptions
  ) throws -> (groups: Tensor, classes: Tensor) {
    let generator = Generator(seed: options.seed)
    let sample =
      data.count > options.trainCount
      ? data.selected(Tensor.randperm(data.count, using: generator)[0..<options.trainCount]) : data
    let codes = Standardizer(fitting: sample.codes)(sample.codes)
    switch grouping {
    case .kmeans:
      let found = try KMeans(codes, k: sample.classCount, using: generator)
      return (found.assignments, sample.labels)
    case .gmm:
      let found = try GaussianMixture(codes, k: sample.classCount, restarts: 3, using: generator)
      return (found.assignments(of: codes), sample.labels)
    }
  }

  private func read(_ scores: ClusteringScores) -> Double {
    switch score {
    case .nmi: scores.normalizedMutualInformation
    case .ari: scores.adjustedRandIndex
    case .accuracy: scores.accuracy
    }
  }

  /// Two far groups are the classes.
  public func checkKnownAnswer() throws {
    try expectKnown(measure(.knownGroups, MetricOptions(resamples: 0)).value, 1)
  }
}
