import Evaluation
import Datasets
import LatentCore
import LatentModels
import Report
import Runs
import Torch

/// `latent report`.
struct ReportCommand: Command {
  static let summary = CommandSummary(
    "report", "Write a run's report.html anew.",
    examples: [.init("latent report RUN", "draws the pictures again and writes the page")])

  @Argument("Run folder.", completion: .folders) var run: Path
  @OptionGroup("Place") var place: DeviceOptions

  func run(_ console: Console) throws {
    try place.withDevice {
      let opened = try OpenedRun(run.text, recipes: Recipes.all)
      try opened.loadWeights()
      let generator = Generator(seed: SeedPurpose.figures.seed(for: opened.record.seed))
      let pictures = try RunPictures.all(
        of: opened.method, held: try opened.splits().test(), using: generator)
      let input = try RunReportInput(
        opened.folder, record: opened.record, pictures: pictures,
        metrics: try opened.folder.evaluation()?.metrics ?? [:],
        leading: opened.method.selection.term,
        minutes: opened.record.minutes)
      let path = try ReportDocument(run: input).write(to: opened.folder.path)
      console.print("report \(path)")
      console.report(["report": .string(path)])
    }
  }
}
