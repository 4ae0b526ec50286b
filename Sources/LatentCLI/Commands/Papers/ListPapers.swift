import Catalogue
import Datasets
import LatentCore

/// `latent list papers`.
struct ListPapers: Command {
  static let summary = CommandSummary(
    "papers", "Show the papers of the survey and how each stands.",
    discussion: """
      Beside each paper stands the verdict of what was measured of its claim, runnable where latent reproduce has it but no result is \
      kept, and catalogued where nobody has written it yet.

      --query looks for words in titles, mechanisms and claims. --like looks for a meaning: papers and words are points of a latent \
      space that is fitted to titles, mechanisms and claims, and those that are near come first, with the cosine of their distance. In \
      place of words it takes the number of a paper.
      """,
    examples: [
      .init("latent list papers --family core-vae", "the papers of one family"),
      .init("latent list papers --like collapse --limit 5", "by meaning, the nearest first"),
      .init("latent list papers --like P109", "papers like this one"),
    ])

  @Option("Only this family.", completion: .words(Catalogue.families.map(\.name)))
  var family: String?
  @Option("Only papers that have all these words.", value: "words") var query: String?
  @Option("Order by nearness to these words, or to a paper.", value: "text") var like: String?
  @Option("The most papers to show; 20 with --like.", value: "n", check: .atLeast(1)) var limit:
    Int?

  func run(_ console: Console) throws {
    let names = Catalogue.families.map(\.name)
    if let family, !names.contains(family) {
      let near = NearestName.match(family, in: names).map { "did you mean '\($0)'? " } ?? ""
      throw CommandError.usage(
        "unknown family '\(family)'", remedy: "\(near)One of: \(names.joined(separator: ", "))")
    }
    let words = (query ?? "").lowercased().split(separator: " ")
    var found: [(paper: Paper, similarity: Double?)] = Catalogue.papers.filter { paper in
      guard family == nil || paper.family == family else { return false }
      let text = paper.searchText.lowercased()
      return words.allSatisfy { text.contains($0) }
    }.map { ($0, nil) }
    let space = console.isJSON || like != nil ? try PaperSpace() : nil
    if let like, let space {
      let similarities = try space.similarities(to: like)
      found = found.map { ($0.paper, similarities[$0.paper.id] ?? 0) }
        .sorted { ($1.similarity ?? 0, $0.paper.id) < ($0.similarity ?? 0, $1.paper.id) }
    }
    let shown = found.prefix(limit ?? (like == nil ? .max : 20))
    let rows = shown.map { PaperRow($0.paper) }
    let near: [Table.Column] = like == nil ? [] : [.number("cosine")]
    var table = Table([.text("paper")] + near + [.text("status"), .text("title", wraps: true)])
    for ((paper, similarity), row) in zip(shown, rows) {
      let near = similarity.map { [NumberText.fixed($0, decimals: 2)] } ?? []
      table.add([paper.id] + near + [row.standing, paper.title])
    }
    console.print(table)
    console.print(counts(rows))
    console.report([
      "papers": .array(
        zip(shown, rows).map { found, row in
          var row = row.json
          let neighbours = space?.neighbours(of: found.paper.id) ?? []
          row["neighbours"] = .array(neighbours.map { .string($0) })
          row["similarity"] = found.similarity.map { .double($0) }
          return .object(row)
        })
    ])
  }

  /// How many papers stand how, the most frequent last.
  private func counts(_ rows: [PaperRow]) -> String {
    let counts = Dictionary(grouping: rows, by: \.standing).mapValues(\.count)
      .sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    let parts = counts.map { "\($0.value) \($0.key)" }
    guard !parts.isEmpty else { return "no paper of \(Catalogue.papers.count) fits" }
    return "\(rows.count) of \(Catalogue.papers.count) papers: \(parts.joined(separator: ", "))"
  }
}

extension Paper {
  /// All that searches look at.
  var searchText: String {
    "\(id) \(title). \(mechanism) \(headline) \(parts.joined(separator: " "))"
  }
}
