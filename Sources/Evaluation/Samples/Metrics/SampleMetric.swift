public import LatentCore
import Torch

/// A metric of samples beside a reference.
///
/// What is reported carries space and sample count in its name, as `frechet-a1b2c3-n2000`, since numbers of other features
/// or counts cannot be compared; `name` is the part before.
public struct SampleMetric: Metric {
  /// The name without space and count.
  public let name: String
  /// What it measures.
  public let summary: String
  /// The smallest and largest value.
  public let range: ClosedRange<Double>
  /// Where it comes from.
  public let citations: [Citation]
  /// What it needs.
  public let needs: String
  /// Whether it is measured in features where there is a network.
  public let isOfFeatures: Bool
  private let compute:
    @Sendable (SampleComparison, MetricOptions) throws -> (value: Double, interval: [Double])
  private let known: @Sendable () throws -> (found: Double, expected: Double)

  init(
    _ name: String, _ summary: String, range: ClosedRange<Double> = 0...1, _ citation: Citation,
    needs: String = "samples, reference", isOfFeatures: Bool = true,
    known: @escaping @Sendable () throws -> (found: Double, expected: Double),
    _ compute:
      @escaping @Sendable (SampleComparison, MetricOptions) throws -> (
        value: Double, interval: [Double]
      )
  ) {
    self.name = name
    self.summary = summary
    self.range = range
    citations = [citation]
    self.needs = needs
    self.isOfFeatures = isOfFeatures
    self.known = known
    self.compute = compute
  }

  /// The name under which the number is reported: with space and sample count.
  public func reportName(_ data: SampleComparison) -> String {
    name + data.suffix(inFeatures: isOfFeatures)
  }

  /// The number with its interval where the method has one, after the known answer was met once in this process.
  ///
  /// Throws `MetricError` for data that the definition does not cover and a missed known answer.
  public func estimate(
    _ data: SampleComparison, _ options: MetricOptions = MetricOptions()
  ) throws -> Estimate {
    try SelfTests.pass(self)
    let found = try compute(data, options)
    return Estimate(
      found.value, interval: found.interval, count: data.samples.size(0), of: self,
      seed: options.seed)
  }

  /// Measures an input whose answer is known.
  public func checkKnownAnswer() throws {
    let answer = try known()
    try expectKnown(answer.found, answer.expected)
  }
}
