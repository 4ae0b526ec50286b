import Evaluation
import LatentCore
import LatentModels
import Runs

/// `latent cite`.
struct CiteCommand: Command {
  static let summary = CommandSummary(
    "cite", "Print the bibliography of what a run used.",
    discussion: """
      The sources of the recipe, of the optimiser and what else the training was set to, of the \
      metrics that were measured, of the data, and of LibTorch.
      """,
    examples: [
      .init("latent cite RUN", "one line a source, under what it was used for"),
      .init("latent cite RUN --bibtex > run.bib", "the same for LaTeX"),
    ])

  @Argument("Run folder.", completion: .folders) var run: Path
  @Flag("Print entries for BibTeX.") var bibtex

  func run(_ console: Console) throws {
    let bibliography = Bibliography(try found())
    if bibtex {
      for entry in bibliography.entries { console.print(entry.citation.bibTeX(key: entry.key)) }
    } else {
      for (part, citations) in bibliography.parts {
        console.print(part)
        for citation in citations { console.print("  \(citation.text)") }
      }
    }
    console.report(["run": .string(run.text), "citations": .array(bibliography.json)])
  }

  /// What was used and where it comes from, in the order of a report.
  private func found() throws -> [(part: String, citation: Citation)] {
    let folder = try RunFolder(existing: run.text)
    let record = try folder.record()
    let (recipe, config) = try record.recipe(among: Recipes.all, in: folder)
    var found = recipe.citations.map { ("recipe \(recipe.name)", $0) }
    found += TrainingSettings.citations(of: config)
    let metrics = (try folder.evaluation()?.metrics ?? [:]).sorted { $0.key < $1.key }
    for (bound, ones) in Dictionary(grouping: metrics, by: \.value.bound).sorted(by: {
      $0.key < $1.key
    }) {
      guard let citation = MetricCitations.citation(ofBound: bound) else { continue }
      found.append(("metrics \(ones.map(\.key).joined(separator: ", "))", citation))
    }
    if let citation = DataCitations.citation(of: record.data.source) {
      found.append(("data \(record.data.source)", citation))
    }
    found.append(("LibTorch \(record.libtorch)", Self.libTorch))
    return found
  }

  private static let libTorch = Citation(
    authors: "Paszke et al.",
    title: "PyTorch: An Imperative Style, High-Performance Deep Learning Library", year: 2019,
    arXiv: "1912.01703")
}
