import Evaluation
import Testing
import Torch

/// Every metric of the registry before input that its definition does not cover: a refusal by name or a
/// number by the documented convention, never a silent one.
@Suite struct RegistryRefusalTests {
  /// What an input is answered by.
  private enum Answer: Equatable {
    case value(Double)
    case refused(String)
  }

  /// 90 examples of three classes, with codes that know them, and a second encoder's.
  private struct Input {
    var codes = Tensor.randn([90, 3], using: Generator(seed: 1), dtype: .float64)
    var factors = Tensor.randint(0..<3, [90, 2], using: Generator(seed: 2))
    var labels = Tensor.arange(3).repeated([30])
    var other = Tensor.randn([90, 2], using: Generator(seed: 3), dtype: .float64)
    var words = Tensor.randint(0..<8, [90, 4], using: Generator(seed: 4))
    var samples = Tensor.randn([90, 3], using: Generator(seed: 5), dtype: .float64)

    /// The codes as logits of the classes; what is no number stays in its place.
    var logProbabilities: Tensor {
      let sum = codes.replacingNonFinite(positiveInfinity: 0).logSumExp(dim: 1, keepDim: true)
      return codes - sum
    }
  }

  private static func value(_ metric: any Metric, _ input: Input) throws -> Estimate {
    let options = MetricOptions(resamples: 5)
    switch metric {
    case let metric as any FactorMetric:
      let data = try CodesAndFactors(codes: input.codes, factors: input.factors)
      return try metric.estimate(data, options)
    case let metric as any CodeMetric:
      return try metric.estimate(codes: input.codes, options)
    case let metric as any LabelMetric:
      let data = try LabelledCodes(codes: input.codes, labels: input.labels)
      return try metric.estimate(data, options)
    case let metric as CodebookMetric:
      return try metric.estimate(words: input.words, size: 8, options)
    case let metric as PairMetric:
      return try metric.estimate(input.codes, input.other, options)
    case let metric as UnsupervisedDisentanglementRanking:
      return try metric.estimates([input.codes, input.other])[0]
    case let metric as SampleMetric:
      let data = try SampleComparison(
        samples: input.samples, reference: input.codes, heldOut: input.codes + 0.1)
      return try metric.estimate(data, options)
    case let metric as any ClassPredictionMetric:
      let data = try ClassPredictions(
        logProbabilities: input.logProbabilities, labels: input.labels)
      return try metric.estimate(data, options)
    case let metric as NumberPredictionMetric:
      let data = try NumberPredictions(
        mean: input.codes, variance: Tensor.ones(like: input.codes), targets: input.samples)
      return try metric.estimate(data, options)
    default:
      Issue.record("\(metric.name) is of a kind that this test does not know")
      throw MetricError(metric: metric.name, "unknown kind", remedy: "add it here")
    }
  }

  private static func answer(_ metric: any Metric, _ change: (inout Input) -> Void) -> Answer {
    var input = Input()
    change(&input)
    do { return .value(try value(metric, input).value) } catch {
      let problem = (error as? MetricError)?.problem
      if problem == nil { Issue.record("\(metric.name): \(error)") }
      return .refused(problem ?? "\(error)")
    }
  }

  /// Pairs of nodes are no table of examples; `LinkTests` asks the same of them.
  private static let names = Metrics.all.filter { !($0 is LinkMetric) }.map(\.name)

  private func metric(_ name: String) throws -> any Metric { try #require(Metrics.named(name)) }

  @Test(arguments: names) func goodInputHasAnAnswer(name: String) throws {
    let metric = try metric(name)
    let found = try Self.value(metric, Input())
    #expect(found.value.isFinite && found.interval.allSatisfy(\.isFinite))
    #expect(found.interval.isEmpty || found.interval[0] <= found.value + 1e-12)
    #expect(found.interval.isEmpty || found.value - 1e-12 <= found.interval[1])
  }

  /// One number that is none is named with its place.
  @Test(arguments: names) func numbersThatAreNone(name: String) throws {
    for wrong in [Double.nan, .infinity] {
      let answer = Self.answer(try metric(name)) { input in
        input.codes = input.codes.setting(wrong, at: 7, 1)
        input.words = input.words.to(.float64).setting(wrong, at: 7, 1)
      }
      guard case .refused(let problem) = answer else {
        Issue.record("\(name) answered \(answer)")
        continue
      }
      #expect(
        problem.contains("row 7, column 1: expected a finite number, found \(wrong)"), "\(problem)")
    }
  }

  @Test(arguments: names) func wrongLengths(name: String) throws {
    let metric = try metric(name)
    let answer = Self.answer(metric) { input in
      input.factors = input.factors[..<80]
      input.labels = input.labels[..<80]
      input.other = input.other[..<80]
      input.samples = input.samples[.all, ..<2]
    }
    // One table alone has no other length.
    if metric is any CodeMetric || metric is CodebookMetric { return }
    guard case .refused(let problem) = answer else {
      Issue.record("\(name) answered \(answer)")
      return
    }
    #expect(problem.contains("expected") && problem.contains("found"), "\(problem)")
  }

  @Test(arguments: names) func tooFewExamples(name: String) throws {
    // A mean over few predictions is one, and its interval says of how few.
    let metric = try metric(name)
    if metric is any ClassPredictionMetric || metric is NumberPredictionMetric { return }
    let answer = Self.answer(metric) { input in
      input.codes = input.codes[..<40]
      input.factors = input.factors[..<40]
      input.labels = input.labels[..<40]
      input.other = input.other[..<40]
      input.words = input.words[..<40]
      input.samples = input.samples[..<40]
    }
    guard case .refused(let problem) = answer else {
      Issue.record("\(name) answered \(answer)")
      return
    }
    #expect(problem.contains("50"), "\(problem)")
  }

  @Test(arguments: names) func oneClassAlone(name: String) throws {
    let metric = try metric(name)
    guard metric is any FactorMetric || metric is any LabelMetric else { return }
    let answer = Self.answer(metric) { input in
      input.factors = Tensor.zeros(like: input.factors)
      input.labels = Tensor.zeros(like: input.labels)
    }
    guard case .refused(let problem) = answer else {
      Issue.record("\(name) answered \(answer)")
      return
    }
    #expect(problem.contains("alone"), "\(problem)")
  }

  /// A constant code is left out, or makes what is written in docs/METRICS.md: a number within the range, or a refusal.
  @Test(arguments: names) func aConstantColumn(name: String) throws {
    let metric = try metric(name)
    let answer = Self.answer(metric) { input in
      input.codes = input.codes.setting(2.0, at: .all, 0)
      input.other = input.other.setting(2.0, at: .all, 0)
      input.samples = input.samples.setting(2.0, at: .all, 0)
    }
    switch answer {
    case .value(let value):
      #expect(value.isFinite && metric.range.lowerBound - 0.5 <= value, "\(name) \(value)")
      #expect(value <= metric.range.upperBound + 1e-9, "\(name) \(value)")
    case .refused(let problem): #expect(problem.contains("expected"), "\(problem)")
    }
  }

  /// Codes that are all equal.
  @Test(arguments: names) func nothingVaries(name: String) throws {
    let metric = try metric(name)
    let answer = Self.answer(metric) { input in
      input.codes = Tensor.zeros(like: input.codes)
      input.other = Tensor.zeros(like: input.other)
      input.words = Tensor.zeros(like: input.words)
      input.samples = Tensor.zeros(like: input.samples)
    }
    switch answer {
    case .value(let value):
      #expect(value.isFinite && metric.range.lowerBound - 0.5 <= value, "\(name) \(value)")
      #expect(value <= metric.range.upperBound + 1e-9, "\(name) \(value)")
    case .refused(let problem): #expect(problem.contains("expected"), "\(problem)")
    }
  }
}
