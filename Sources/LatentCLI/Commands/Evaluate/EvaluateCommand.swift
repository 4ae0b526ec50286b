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
      NAME-sampled, of codes drawn from the posterior. Of several runs each is measured, and udr says \
      for each how far the others agree with its codes, without any factors.

      Codes and factors from elsewhere are .npy, .npz (file.npz:name for one of several arrays) or \
      .csv; row i of both belongs to example i. Columns of whole numbers are classes, others real. \
      Several --codes are several runs on the same examples: udr then ranks them. With --labels the \
      codes are probed and clustered, with --against compared with another encoder's. --words are \
      entries of a codebook, whose use is measured.

      Samples are compared with a reference, images in the features of a small network that is trained \
      on the reference once and kept in $LATENT_CACHE (~/.cache/swift-latent if unset): its fingerprint and \
      the number of samples are part of a metric's name, since numbers of others cannot be compared.
      """,
    examples: [
      .init("latent evaluate runs/2026-11-20-vae-digits-a3f9", "prints the test ELBO"),
      .init(
        "latent evaluate --codes z.npy --factors f.npy --metrics mig,sap",
        "two metrics of arrays, with their intervals"),
      .init(
        "latent evaluate --codes a.npy --codes b.npy --metrics udr",
        "how far runs agree on their codes: give five or more"),
      .init(
        "latent evaluate runs/seed-* --metrics udr",
        "the same of runs of one recipe with other seeds"),
      .init(
        "latent evaluate --codes z.npy --labels y.npy --metrics linear-probe,knn-accuracy",
        "how well the classes are read from codes"),
      .init(
        "latent evaluate --codes z.npy --against w.npy",
        "cka, svcca, procrustes and relative coordinates of two encoders"),
      .init("latent evaluate --words w.npy --entries 512", "how much of a codebook is used"),
      .init("latent evaluate --samples s.npy --reference digits", "samples against a data set"),
    ])

  @Argument("Run folder, or several of one model.", completion: .folders, minimum: 0)
  var runs: [Path]
  @Option("Codes [n, d] instead of a run.", value: "file", completion: .files) var codes: [Path]
  @Option("Ground-truth factors [n, k] of the codes.", value: "file", completion: .files)
  var factors: Path?
  @Option("Only these metrics, between commas; latent list metrics shows them.", value: "names")
  var metrics: String?
  @Option("Seed of what is drawn to measure codes.", value: "n", check: .atLeast(0)) var seed = 0
  @OptionGroup("Beside codes") var beside: LabelOptions
  @OptionGroup("Words") var wording: WordOptions
  @OptionGroup("Samples") var sampling: SampleOptions
  @OptionGroup("Place") var place: DeviceOptions

  func run(_ console: Console) throws {
    let wanted = try metrics.map { try MetricSelection($0, isRun: !runs.isEmpty) }
    try place.withDevice {
      if sampling.isGiven {
        guard runs.isEmpty, codes.isEmpty, factors == nil, beside.against == nil, !wording.isGiven
        else {
          throw CommandError.usage(
            "expected --samples and --reference alone, found them beside a run or --codes",
            remedy: "evaluate one of them at a time")
        }
        try SampleEvaluation(
          sampling, labels: beside.labels?.text, wanted, seed: UInt64(seed)
        ).show(on: console)
        return
      }
      if wording.isGiven {
        guard runs.isEmpty, codes.isEmpty, factors == nil, beside.labels == nil,
          beside.against == nil
        else {
          throw CommandError.usage(
            "expected --words and --entries alone, found them beside a run or --codes",
            remedy: "evaluate one of them at a time")
        }
        try WordEvaluation(wording, wanted, seed: UInt64(seed)).show(on: console)
        return
      }
      switch (runs.isEmpty, codes.isEmpty) {
      case (false, true):
        guard factors == nil, beside.labels == nil, beside.against == nil else {
          throw CommandError.usage(
            "--factors, --labels and --against go with --codes: a run's data have factors and classes of "
              + "their own, or none", remedy: "leave them out, or name --codes instead of the run")
        }
        try evaluateRuns(wanted, console)
      case (true, false):
        try ArrayEvaluation(
          codes.map(\.text), factors?.text, beside, wanted, seed: UInt64(seed)
        ).show(on: console)
      case (true, true):
        throw CommandError.usage(
          "expected a run folder or --codes, found neither",
          remedy: "latent evaluate RUN, or latent evaluate --codes z.npy --factors f.npy")
      case (false, false):
        throw CommandError.usage(
          "expected a run folder or --codes, found both", remedy: "leave one of them out")
      }
    }
  }

  private func evaluateRuns(_ wanted: MetricSelection?, _ console: Console) throws {
    guard runs.count > 1 else {
      let evaluation = try console.showingReads { try RunEvaluation(runs[0].text, wanted) }
      evaluation.print(on: console)
      console.report(evaluation.json)
      return
    }
    if let twice = runs.indices.first(where: { runs[..<$0].contains(runs[$0]) }) {
      throw CommandError.usage(
        "\(runs[twice].text) is named twice", remedy: "name each run once")
    }
    try console.showingReads { try RunRanking(runs.map(\.text), wanted) }.show(on: console)
  }
}
