import Datasets
import Evaluation
import LatentCore
import LatentModels
import LatentNN
import Runs
import Torch

/// A bound on the evidence that a run is asked for by name: `iwae-5000`, `ais-1000`, each also with `-bits-per-dim`.
struct EvidenceRequest {
  /// Whether chains are annealed, not draws weighed.
  let isAnnealed: Bool
  /// Draws of importance sampling, or temperatures.
  let size: Int
  /// Whether the number is wanted in bits per dimension.
  let isInBits: Bool

  /// Reads a name, or nil if it is none of these.
  init?(_ name: String) {
    isInBits = name.hasSuffix("-bits-per-dim")
    let parts = (isInBits ? String(name.dropLast("-bits-per-dim".count)) : name).split(
      separator: "-")
    guard parts.count == 2, let size = Int(parts[1]), (1...1_000_000).contains(size),
      parts[0] == "iwae" || parts[0] == "ais"
    else { return nil }
    isAnnealed = parts[0] == "ais"
    self.size = size
  }
}

/// What is measured of a run only when it is named, since it takes minutes or trains a network.
struct RunRequests {
  private let run: OpenedRun
  private let splits: DatasetSplits
  private let test: any Dataset
  private let seed: UInt64

  init(_ run: OpenedRun, splits: DatasetSplits, test: any Dataset, seed: UInt64) {
    (self.run, self.splits, self.test, self.seed) = (run, splits, test, seed)
  }

  /// Adds the wanted bounds and metrics of samples that fit the model; the caller says which do not.
  func measure(_ wanted: MetricSelection, _ measured: inout Measurements) throws {
    for name in wanted.names {
      guard let request = EvidenceRequest(name), let nats = try evidence(request) else { continue }
      let dimensions = test.schema.exampleShape.reduce(1, *)
      measured.metrics[name] =
        request.isInBits ? EvidenceEstimate.bitsPerDimension(nats, dimensions: dimensions) : nats
    }
    let metrics = SampleMetric.all.filter { measured.wants($0.name) }
    guard !metrics.isEmpty, let method = run.method as? any Method & Samples else { return }
    let options = MetricOptions(seed: seed)
    let comparison = try samples(of: method)
    for metric in metrics {
      try measured.add(metric.name, as: metric.reportName(comparison)) {
        try metric.estimate(comparison, options)
      }
    }
  }

  /// The mean over test examples: all for importance sampling, at most 100 for annealing.
  private func evidence(_ request: EvidenceRequest) throws -> Estimate? {
    let generator = Generator(seed: seed)
    if request.isAnnealed {
      guard let model = (run.method as? VariationalMethod)?.latentModel else { return nil }
      let order = Tensor.randperm(test.count, using: generator).scalars(as: Int.self)
      let examples = try test.batch(Array(order.prefix(100))).examples
      return evaluating(run.method.model) {
        AnnealedImportanceSampling(
          of: model, examples, options: AnnealingOptions(steps: request.size), using: generator
        ).estimate.overExamples
      }
    }
    guard let method = run.method as? any Method & Weighs else { return nil }
    var parts: [EvidenceEstimate] = []
    try test.forEachBatch(of: max(1, 8192 / request.size)) { batch in
      let weights = withoutGradients {
        evaluating(method.model) {
          method.logWeights(batch.examples, draws: request.size, using: generator)
        }
      }
      parts.append(EvidenceEstimate(name: "IWAE-\(request.size)", logWeights: weights))
    }
    return EvidenceEstimate.joined(parts).overExamples
  }

  /// As many samples as the test part has examples, at most 10,000, beside the training part.
  private func samples(of method: any Method & Samples) throws -> SampleComparison {
    let limit = MetricOptions().trainCount
    let generator = Generator(seed: seed)
    let count = min(limit, max(test.count, 50))
    let drawn = withoutGradients {
      evaluating(method.model) { method.sample(count, using: generator) }
    }
    func some(_ data: any Dataset) throws -> Tensor {
      let order = Tensor.randperm(data.count, using: generator).scalars(as: Int.self)
      return try data.batch(Array(order.prefix(limit))).examples
    }
    let isPicture = test.schema.kind.isImage
    return try SampleComparison(
      samples: drawn, reference: some(splits.train), heldOut: some(test),
      network: isPicture ? FeatureNetwork(for: splits.train, seed: 0) : nil)
  }
}
