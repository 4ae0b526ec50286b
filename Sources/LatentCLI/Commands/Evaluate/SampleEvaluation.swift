import Datasets
import Evaluation
import LatentCore
import Torch

/// Metrics of samples that somebody's model made, beside examples of the law that they should follow.
struct SampleEvaluation {
  private let names: (samples: String, reference: String)
  private let network: FeatureNetwork?
  private var measured: Measurements

  /// Reads and measures; throws `FileError`, `DatasetError`, `MetricError` and `CommandError`.
  init(
    _ options: SampleOptions, labels: String?, _ wanted: MetricSelection?, seed: UInt64
  ) throws {
    guard let samples = options.samples?.text, let reference = options.reference?.text else {
      throw CommandError.usage(
        "--samples and --reference go together, and --\(options.samples == nil ? "samples" : "reference") "
          + "is not given", remedy: "latent evaluate --samples a.npy --reference b.npy")
    }
    names = (samples, reference)
    let drawn = try ArrayFile(samples).array
    let law = try SampleReference(
      reference, labels: labels, heldOut: options.heldOut?.text)
    let isInNetwork = (options.space ?? (drawn.rank == 4 ? .network : .data)) == .network
    network = isInNetwork ? try FeatureNetwork(for: law.data) : nil
    let limit = MetricOptions().trainCount
    let generator = Generator(seed: seed)
    func some(_ count: Int) -> [Int] {
      count <= limit
        ? Array(0..<count)
        : Array(Tensor.randperm(count, using: generator).scalars(as: Int.self).prefix(limit))
    }
    let comparison = try SampleComparison(
      samples: drawn.selected(Tensor(some(drawn.size(0))), dim: 0),
      reference: try law.data.batch(some(law.data.count)).examples,
      heldOut: try law.heldOut.map { try $0.batch(some($0.count)).examples }, network: network)
    measured = Measurements(wanted)
    for metric in SampleMetric.all where measured.wants(metric.name) {
      try measured.add(metric.name, as: metric.reportName(comparison)) {
        try metric.estimate(comparison, MetricOptions(seed: seed))
      }
    }
  }

  /// Prints the table, or with `--json` the document.
  func show(on console: Console) {
    if let network {
      console.note(
        "features of network \(network.fingerprint), "
          + (network.isClassifier ? "a classifier" : "an autoencoder") + " of \(names.reference)")
    }
    measured.show(on: console)
    var document = measured.json
    document["samples"] = .string(names.samples)
    document["reference"] = .string(names.reference)
    document["network"] = network.map { .string($0.fingerprint) } ?? .null
    console.report(document)
  }
}
