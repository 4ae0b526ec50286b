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
      Several --codes are several runs on the same examples: udr then ranks them.
      """,
    examples: [
      .init("latent evaluate runs/2026-11-20-vae-digits-a3f9", "prints the test ELBO"),
      .init(
        "latent evaluate --codes z.npy --factors f.npy --metrics mig,dci-disentanglement",
        "two metrics of arrays, with their intervals"),
      .init(
        "latent evaluate --codes a.npy --codes b.npy --codes c.npy --metrics udr",
        "which of three runs has the codes that the others agree on"),
    ])

  @Argument("Run folder.", completion: .folders) var run: Path?
  @Option("Codes [n, d] instead of a run.", value: "file", completion: .files) var codes: [Path]
  @Option("Ground-truth factors [n, k] of the codes.", value: "file", completion: .files)
  var factors: Path?
  @Option("Only these metrics, between commas; latent list metrics shows them.", value: "names")
  var metrics: String?
  @Option("Seed of what is drawn to measure codes.", value: "n", check: .atLeast(0)) var seed = 0
  @OptionGroup("Place") var place: DeviceOptions

  func run(_ console: Console) throws {
    let wanted = try metrics.map { try MetricSelection($0, isRun: run != nil) }
    try place.withDevice {
      switch (run, codes.isEmpty) {
      case (let run?, true):
        guard factors == nil else {
          throw CommandError.usage(
            "--factors goes with --codes: a run's data have factors of their own, or none",
            remedy: "leave --factors out, or name --codes instead of the run")
        }
        try RunEvaluation(run.text, wanted).show(on: console)
      case (nil, false):
        try ArrayEvaluation(codes.map(\.text), factors?.text, wanted, seed: UInt64(seed))
          .show(on: console)
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
