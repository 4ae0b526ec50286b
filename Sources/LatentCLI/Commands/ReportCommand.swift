import Datasets
import Evaluation
import FoundationEssentials
import LatentCore
import LatentModels
import Report
import Runs
import Torch

/// `latent report`.
struct ReportCommand: Command {
  static let summary = CommandSummary(
    "report", "Write a run's report.html anew, or one page for several runs.",
    discussion: """
      One run: pictures, curves, measurements, diagnosis and maps of the codes, written into its folder. Several: \
      their curves over each other, runs that differ in their seed only as one curve with a band, metrics in one \
      table, what differs in their configurations, pictures side by side.
      """,
    examples: [
      .init("latent report RUN", "draws the pictures again and writes the page"),
      .init("latent report runs/* --out comparison", "writes comparison/report.html"),
    ])

  @Argument("Run folders.", completion: .folders, minimum: 1) var runs: [Path]
  @Option(
    "Folder to write report.html to; the run's own, or the current one for several runs.",
    completion: .folders)
  var out: Path?
  @OptionGroup("Place") var place: DeviceOptions

  func run(_ console: Console) throws {
    try place.withDevice {
      let inputs = try runs.map { try Self.input($0.text) }
      let folder = out?.text ?? (runs.count == 1 ? runs[0].text : ".")
      if let out { try Self.makeFolder(out.text) }
      let path = try ReportDocument(runs: inputs).write(to: folder)
      console.print("report \(path)")
      console.report(["report": .string(path)])
    }
  }

  private static func makeFolder(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw FileError(
        path: path, problem: "cannot be made", remedy: "check that you may write there")
    }
  }

  /// All that the page shows of a run; its diagnosis is kept as `diagnosis.json`.
  private static func input(_ run: String) throws -> RunReportInput {
    let opened = try OpenedRun(run, recipes: Recipes.all)
    try opened.loadWeights()
    let splits = try opened.splits()
    let parts = try ReportParts(
      opened.method, record: opened.record, config: opened.config, train: splits.train,
      test: try splits.test())
    try opened.folder.writeJSON(parts.diagnosis, to: "diagnosis.json")
    return try RunReportInput(
      opened.folder, record: opened.record, pictures: parts.pictures, figures: parts.figures,
      findings: parts.findings, metrics: try opened.folder.evaluation()?.metrics ?? [:],
      leading: opened.method.selection.term, minutes: opened.record.minutes)
  }
}
