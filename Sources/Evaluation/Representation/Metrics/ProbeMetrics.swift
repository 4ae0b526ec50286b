public import LatentCore
import Torch

/// Accuracy of a linear probe on held-out examples: see `LinearProbe`, which is fitted to 60 of 100 examples of each class, chosen
/// on 20 and tested on 20.
public struct LinearProbeAccuracy: LabelMetric {
  /// `linear-probe`.
  public var name: String { "linear-probe" }
  /// What it measures.
  public var summary: String {
    "Share of held-out examples whose class a linear classifier reads from the codes."
  }
  /// Alain and Bengio.
  public var citations: [Citation] { [.alain2016] }

  /// The metric.
  public init() {}

  /// The accuracy, with the interval of the held-out examples.
  public func measure(_ data: LabelledCodes, _ options: MetricOptions) throws -> Estimate {
    let parts = data.probeParts(options.seed)
    let probe = try LinearProbe(train: parts[0], validation: parts[1])
    let test = parts[2]
    let found = probe.classifier.predict(probe.standardizer(test.codes))
    return estimate(
      of: (found .== test.labels).to(.float64).scalars(as: Double.self), seed: options.seed)
  }

  /// Two far groups are read without fault.
  public func checkKnownAnswer() throws {
    try expectKnown(measure(.knownGroups, MetricOptions()).value, 1)
  }
}

/// Accuracy of the k = 20 nearest training codes on held-out examples: see `neighbourClasses`; fewer where there are not 20.
public struct NeighbourAccuracy: LabelMetric {
  /// Whether nearer neighbours count more.
  public let isWeighted: Bool

  /// One vote a neighbour, or exp(cosine/0.07).
  public init(isWeighted: Bool = false) { self.isWeighted = isWeighted }

  /// `knn-accuracy`, `knn-weighted-accuracy`.
  public var name: String { isWeighted ? "knn-weighted-accuracy" : "knn-accuracy" }
  /// What it measures.
  public var summary: String {
    isWeighted
      ? "As knn-accuracy, where a neighbour votes with exp(cosine/0.07)."
      : "Share of held-out examples whose class most of the 20 nearest codes have, by cosine."
  }
  /// Wu et al.
  public var citations: [Citation] { [.wu2018] }

  /// The accuracy on 20 of 100 examples, with their interval.
  public func measure(_ data: LabelledCodes, _ options: MetricOptions) throws -> Estimate {
    let parts = data.stratified([0.8, 0.2], using: Generator(seed: options.seed))
    let found = try neighbourClasses(
      train: parts[0], test: parts[1].codes, k: min(20, parts[0].count),
      vote: isWeighted ? .temperature() : .majority)
    return estimate(
      of: (found .== parts[1].labels).to(.float64).scalars(as: Double.self), seed: options.seed)
  }

  /// Two far groups are read without fault.
  public func checkKnownAnswer() throws {
    try expectKnown(measure(.knownGroups, MetricOptions()).value, 1)
  }
}

/// Accuracy of logistic regression that sees few labels a class, mean over ten draws of them: see `fewLabelCurve`.
public struct FewLabelAccuracy: LabelMetric {
  /// Labelled examples of each class.
  public let labelsPerClass: Int

  /// The metric for this number of labels.
  public init(labelsPerClass: Int) { self.labelsPerClass = labelsPerClass }

  /// `few-label-accuracy-1`, …
  public var name: String { "few-label-accuracy-\(labelsPerClass)" }
  /// What it measures.
  public var summary: String {
    "Accuracy of logistic regression that has seen \(labelsPerClass) example\(labelsPerClass == 1 ? "" : "s") "
      + "of each class, mean over ten choices."
  }
  /// Locatello et al., whose downstream tasks it follows.
  public var citations: [Citation] { [.locatello2019] }

  /// The mean, with the spread over draws as its interval.
  public func measure(_ data: LabelledCodes, _ options: MetricOptions) throws -> Estimate {
    let generator = Generator(seed: options.seed)
    let parts = data.stratified([0.8, 0.2], using: generator)
    let curve = try fewLabelCurve(
      train: parts[0], test: parts[1], sizes: [labelsPerClass], draws: 10, using: generator)
    let point = curve.points[0]
    let half =
      StudentDistribution(freedom: 9).quantile(0.975) * point.deviation / 10.0.squareRoot()
    return Estimate(
      point.accuracy, interval: [max(0, point.accuracy - half), min(1, point.accuracy + half)],
      count: parts[1].count, of: self, seed: options.seed)
  }

  /// Two far groups need one label each.
  public func checkKnownAnswer() throws {
    let groups = try LabelledCodes.knownGroups
    let parts = groups.stratified([0.8, 0.2], using: Generator(seed: 1))
    let curve = try fewLabelCurve(
      train: parts[0], test: parts[1], sizes: [1], draws: 1, using: Generator(seed: 1))
    try expectKnown(curve.points[0].accuracy, 1)
  }
}
