import Datasets
import LatentCore
import Report
import Torch

/// `latent data inspect`.
struct InspectCommand: Command {
  static let summary = CommandSummary(
    "inspect", "Show what a source holds: kind, counts, ranges, examples, factors, fingerprint.",
    discussion: """
      Counts are those of the parts that a training learns from, chooses by and is judged by. \
      Figures and the ten rows come from the part to learn from, of large sets from 10,000 examples \
      spread evenly over it. The fingerprint is what a run's record holds.
      """,
    examples: [
      .init("latent data inspect digits", "the digits that come with the package"),
      .init("latent data inspect sprites --out sheet.png", "64 examples as one picture"),
      .init("latent data inspect table.csv:label=last", "columns, ranges and ten rows of a table"),
    ])

  @Argument(
    "Source: a name or a path.", completion: .wordsAndFiles(DatasetRegistry.entries.map(\.name)))
  var source: String
  @Option("Picture to write, a contact sheet of 64 images.", completion: .files) var out: Path?

  func run(_ console: Console) throws {
    let splits = try DatasetRegistry.open(source)
    let schema = splits.train.schema
    if out != nil { try checkSheet(schema) }
    let (summary, fingerprint, test) = try console.showingReads {
      (try DatasetSummary(of: splits.train), try splits.fingerprint, try splits.test())
    }
    let inspection = Inspection(
      source: source, summary: summary, fingerprint: fingerprint,
      counts: [
        ("train", splits.train.count), ("validation", splits.validation?.count ?? 0),
        ("test", test.count),
      ])
    inspection.show(on: console)
    if let out {
      guard let sheet = try DatasetSummary.contactSheet(of: splits.train) else { return }
      try PictureGrid(sheet).picture().write(to: out.text)
      console.print("\(sheet.size(0)) examples in \(out.text)")
    } else if schema.kind.isImage {
      console.print("images: --out sheet.png draws 64 of them")
    }
    console.report(inspection.document(out: out?.text))
  }

  private func checkSheet(_ schema: DatasetSchema) throws {
    guard schema.kind.isImage else {
      throw CommandError.usage(
        "--out: expected images for a contact sheet, found \(schema.kind.rawValue)",
        remedy: "leave --out away; the first ten rows are printed")
    }
    guard out?.text.hasSuffix(".png") == true else {
      throw CommandError.usage(
        "--out: expected a name that ends in .png, found '\(out?.text ?? "")'",
        remedy: "use --out \(out?.text ?? "sheet").png")
    }
  }
}
