import Evaluation
import Datasets
import LatentCore
import LatentModels
import LatentNN
import Runs
import Torch

/// `latent evaluate`.
struct EvaluateCommand: Command {
  static let summary = CommandSummary(
    "evaluate", "Measure a run on its test data and write evaluation.json.",
    discussion: """
      The weights are those of the best validation, or the last ones where nothing was held out. \
      The data must be what the run was trained on: its fingerprint is checked.
      """,
    examples: [.init("latent evaluate runs/2026-11-20-vae-digits-a3f9", "prints the test ELBO")])

  @Argument("Run folder.", completion: .folders) var run: Path
  @OptionGroup("Place") var place: DeviceOptions

  func run(_ console: Console) throws {
    try place.withDevice {
      let opened = try OpenedRun(run.text, recipes: Recipes.all)
      try opened.loadWeights()
      guard let method = opened.method as? any Method & Scores else {
        throw CommandError.usage(
          "recipe \(opened.recipe.name) has no likelihood to measure",
          remedy: "evaluate a run of another recipe")
      }
      let seed = opened.record.seed
      let splits = try console.showingReads { try opened.splits() }
      let metrics = try likelihoodMetrics(
        of: method, on: try splits.test(), seed: SeedPurpose.test.seed(for: seed))
      try opened.folder.writeJSON(
        EvaluationRecord(metrics: metrics, seed: seed), to: "evaluation.json")
      printMetrics(metrics, on: console)
      console.report(["run": .string(opened.folder.path), "metrics": .object(metricsJSON(metrics))])
    }
  }
}

/// Prints one line a metric: value, unit, interval, number of examples.
func printMetrics(_ metrics: [String: Estimate], on console: Console) {
  for (name, estimate) in metrics.sorted(by: { $0.key < $1.key }) {
    let ends = estimate.interval.map { $0.fixed(3) }.joined(separator: " to ")
    console.print(
      "test \(name) \(estimate.value.fixed(3)) \(estimate.unit), 95 % \(ends), "
        + "\(estimate.count) examples")
  }
}
