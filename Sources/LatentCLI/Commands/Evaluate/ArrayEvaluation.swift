import Evaluation
import LatentCore
import Torch

/// Metrics of codes that somebody's model made.
struct ArrayEvaluation {
  private let factors: String?
  private var files: [(name: String, measured: Measurements)]

  /// Reads and measures; throws `FileError`, `MetricError` and `CommandError`.
  init(
    _ names: [String], _ factors: String?, _ beside: LabelOptions, _ wanted: MetricSelection?,
    seed: UInt64
  ) throws {
    try Self.requireInputs(wanted, factors: factors, beside, runs: names.count)
    let labels = try beside.labels.map { try ArrayFile($0.text).array }
    let other = try beside.against.map { try ArrayFile($0.text).array }
    let codes = try names.map { try ArrayFile($0).array }
    let truth = try factors.map { try ArrayFile($0) }
    let options = MetricOptions(seed: seed)
    self.factors = factors
    files = try zip(names, codes).map { name, codes in
      var measured = Measurements(wanted)
      if let truth {
        let data = try CodesAndFactors(codes: codes, factors: truth.array, names: truth.names)
        for metric in Metrics.factorMetrics {
          try measured.add(metric.name) { try metric.estimate(data, options) }
        }
      }
      try measured.add(codes: codes, options)
      if let labels { try measured.add(LabelledCodes(codes: codes, labels: labels), options) }
      if let other {
        for metric in PairMetric.all {
          try measured.add(metric.name) { try metric.estimate(codes, other, options) }
        }
      }
      return (name, measured)
    }
    let ranking = UnsupervisedDisentanglementRanking()
    if codes.count > 1, files[0].measured.wants(ranking.name) {
      for (place, estimate) in try ranking.estimates(codes).enumerated() {
        files[place].measured.metrics[ranking.name] = estimate
      }
    }
  }

  /// Prints a table a file, or with `--json` the document.
  func show(on console: Console) {
    for (place, file) in files.enumerated() {
      if files.count > 1 { console.print("\(place > 0 ? "\n" : "")\(file.name)") }
      file.measured.show(on: console)
    }
    let documents = files.map { file in
      var document = file.measured.json
      document["codes"] = .string(file.name)
      document["factors"] = factors.map { .string($0) }
      return document
    }
    console.report(
      documents.count == 1
        ? documents[0] : ["runs": .array(documents.map { .object($0) })])
  }

  /// Throws `CommandError` for a metric that needs what was not given.
  private static func requireInputs(
    _ wanted: MetricSelection?, factors: String?, _ beside: LabelOptions, runs: Int
  ) throws {
    for name in wanted?.names ?? [] {
      if factors == nil, Metrics.factorMetrics.contains(where: { $0.name == name }) {
        throw CommandError.usage(
          "\(name) compares codes with ground-truth factors, and --factors is not given",
          remedy: "add --factors f.npy with one row an example")
      }
      if beside.labels == nil, Metrics.labelMetrics.contains(where: { $0.name == name }) {
        throw CommandError.usage(
          "\(name) compares codes with classes, and --labels is not given",
          remedy: "add --labels y.npy with one class an example")
      }
      if beside.against == nil, PairMetric.all.contains(where: { $0.name == name }) {
        throw CommandError.usage(
          "\(name) compares two encoders' codes, and --against is not given",
          remedy: "add --against w.npy: the other encoder's codes of the same examples")
      }
      if CodebookMetric.all.contains(where: { $0.name == name }) {
        throw CommandError.usage(
          "\(name) is a metric of words, and --codes are not",
          remedy: "latent evaluate --words w.npy --entries 512")
      }
      if SampleMetric.all.contains(where: { $0.name == name }) {
        throw CommandError.usage(
          "\(name) is a metric of samples, and --codes are not",
          remedy: "latent evaluate --samples a.npy --reference b.npy")
      }
      if runs < 2, Metrics.runMetrics.contains(where: { $0.name == name }) {
        throw CommandError.usage(
          "\(name) compares several runs, found one --codes",
          remedy: "repeat --codes for every run, on the same examples")
      }
    }
  }
}
