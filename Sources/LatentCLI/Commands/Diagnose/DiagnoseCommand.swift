import Datasets
import Evaluation
import LatentCore
import LatentModels
import Runs

/// `latent diagnose`.
struct DiagnoseCommand: Command {
  static let summary = CommandSummary(
    "diagnose", "Say what is wrong with a trained run, with evidence and what to try.",
    discussion: """
      Looks for collapsed or unused codes, a decoder that ignores them, codes away from the prior, an \
      encoder that could do better, dead codebook entries, a likelihood that does not suit the data, \
      overfitting, leakage between training and test data, and samples that miss or copy data. Every \
      threshold is printed beside the number that passed it. Writes diagnosis.json. Exit code 1 if a \
      finding is severe.
      """,
    examples: [
      .init("latent diagnose runs/2026-11-20-vae-digits-a3f9", "findings, the most severe first"),
      .init("latent diagnose RUN --json", "findings, passed and skipped checks as JSON"),
    ])

  @Argument("Run folder.", completion: .folders) var run: Path
  @OptionGroup("Place") var place: DeviceOptions

  func run(_ console: Console) throws {
    var worst: Finding.Severity?
    try place.withDevice {
      let opened = try OpenedRun(run.text, recipes: Recipes.all)
      try opened.loadWeights()
      let patient = try console.showingReads {
        let splits = try opened.splits()
        return try Patient(
          opened.method, train: splits.train, held: try splits.test(), config: opened.config,
          seed: SeedPurpose.test.seed(for: opened.record.seed))
      }
      let diagnosis = Diagnosis(patient)
      try opened.folder.writeJSON(diagnosis, to: "diagnosis.json")
      worst = diagnosis.findings.first?.severity
      let view = DiagnosisView(diagnosis, record: opened.record, path: opened.folder.path)
      view.show(on: console)
      console.report(view.json)
    }
    if worst == .severe {
      throw CommandError.failed(
        "\(run.text) has a severe finding",
        remedy: "its remedy stands below it; diagnosis.json holds all")
    }
  }
}
