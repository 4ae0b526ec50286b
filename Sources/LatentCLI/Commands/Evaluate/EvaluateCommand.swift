import Evaluation
import LatentCore
import LatentModels
import Runs
import Torch

/// `latent evaluate`.
struct EvaluateCommand: Command {
  static let summary = CommandSummary(
    "evaluate", "Measure a run on its test data, or codes from anywhere.",
    discussion: """
      Of a run, everything that fits its model and data is measured and written to evaluation.json. \
      The weights are those of the best validation, or the last ones where nothing was held out. \
      The data must be what the run was trained on: its fingerprint is checked. With ground-truth \
      factors in the data, disentanglement is measured of the representative codes and, as \
      NAME-sampled, of codes drawn from the posterior.

      Codes and factors from elsewhere are .npy, .npz (file.npz:name for one of several arrays) or \
      .csv; row i of both belongs to example i. Columns of whole numbers are classes, others real. \
      Several --codes are several runs on the same examples: udr then ranks them. With --labels the \
      codes are probed and clustered, with --against compared with another encoder's.

      Samples are compared with a reference, images in the features of a small network that is trained \
      on the reference once and kept in $LATENT_CACHE (~/.cache/swift-latent if unset): its fingerprint and \
      the number of samples are part of a metric's name, since numbers of others cannot be compared.
      """,
    examples: [
      .init("latent evaluate runs/2026-11-20-vae-digits-a3f9", "prints the test ELBO"),
      .init(
        "latent evaluate --codes z.npy --factors f.npy --metrics mig,dci-disentanglement",
        "two metrics of arrays, with their intervals"),
      .init(
        "latent evaluate --codes a.npy --codes b.npy --codes c.npy --metrics udr",
        "which of three runs has the codes that the others agree on"),
      .init(
        "latent evaluate --codes z.npy --labels y.npy --metrics linear-probe,knn-accuracy",
        "how well the classes are read from codes"),
      .init("latent evaluate --samples s.npy --reference digits", "samples against a data set"),
    ])

  @Argument("Run folder.", completion: .folders) var run: Path?
  @Option("Codes [n, d] instead of a run.", value: "file", completion: .files) var codes: [Path]
  @Option("Ground-truth factors [n, k] of the codes.", value: "file", completion: .files)
  var factors: Path?
  @Option("Only these metrics, between commas; latent list metrics shows them.", value: "names")
  var metrics: String?
  @Option("Seed of what is drawn to measure codes.", value: "n", check: .atLeast(0)) var seed = 0
  @OptionGroup("Beside codes") var beside: LabelOptions
  @OptionGroup("Samples") var sampling: SampleOptions
  @OptionGroup("Place") var place: DeviceOptions

  func run(_ console: Console) throws {
    let wanted = try metrics.map { try MetricSelection($0, isRun: run != nil) }
    try place.withDevice {
      if sampling.isGiven {
        guard run == nil, codes.isEmpty, factors == nil, beside.against == nil else {
          throw CommandError.usage(
            "expected --samples and --reference alone, found them beside a run or --codes",
            remedy: "evaluate one of them at a time")
        }
        try SampleEvaluation(
          sampling, labels: beside.labels?.text, wanted, seed: UInt64(seed)
        ).show(on: console)
        return
      }
      switch (run, codes.isEmpty) {
      case (let run?, true):
        guard factors == nil, beside.labels == nil, beside.against == nil else {
          throw CommandError.usage(
            "--factors, --labels and --against go with --codes: a run's data have factors and classes of "
              + "their own, or none", remedy: "leave them out, or name --codes instead of the run")
        }
        try RunEvaluation(run.text, wanted).show(on: console)
      case (nil, false):
        try ArrayEvaluation(
          codes.map(\.text), factors?.text, beside, wanted, seed: UInt64(seed)
        ).show(on: console)
      case (nil, true):
        throw CommandError.usage(
          "expected a run folder or --codes, found neither",
          remedy: "latent evaluate RUN, or latent evaluate --codes z.npy --factors f.npy")
      case (_?, false):
        throw CommandError.usage(
          "expected a run folder or --codes, found both", remedy: "leave one of them out")
      }
    }
  }
}
