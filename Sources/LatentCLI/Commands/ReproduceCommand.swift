import Catalogue
import Evaluation
import LatentCore
import Reproductions
import Torch

/// `latent reproduce`.
struct ReproduceCommand: Command {
  static let summary = CommandSummary(
    "reproduce", "Measure a paper's own claim and say whether it holds.",
    discussion: """
      The criterion stands in the code and was fixed before anything was trained. Exit code 0: \
      reproduced; 1: partly, or not reproduced; 2: no such paper, or not measured here yet. Each seed's \
      numbers are kept when they are there, so that a run which was ended goes on with the next one and \
      a finished one can be given more; another build of the program measures anew.
      """,
    examples: [
      .init("latent reproduce P109", "three seeds of auto-encoding variational Bayes"),
      .init("latent reproduce P109 --out docs/results/P109.json", "keeps the result as a file"),
      .init("latent reproduce P109 --seeds 10", "the three that are there and seven more"),
      .init("latent reproduce P109 --quick", "the same code path in seconds, without a verdict"),
    ])

  @Argument(
    "Paper, such as P109; latent list papers shows them.",
    completion: .words(Reproductions.all.map(\.paper)))
  var paper: String
  @Flag("Measure all seeds, also those that an earlier run has kept.") var fresh
  @Option("Seeds; as many as the verdict needs if left out.", value: "n", check: .between(1, 1000))
  var seeds: Int?
  @Flag("Only run the code path: one seed, tiny sizes, no verdict.") var quick
  @Option(
    "File to write the result to as JSON, such as docs/results/P109.json.", completion: .files)
  var out: Path?
  @OptionGroup("Place") var place: DeviceOptions

  func run(_ console: Console) throws {
    let reproduction = try found()
    try place.withDevice {
      let count = quick ? 1 : seeds ?? reproduction.seeds
      console.print("\(reproduction.paper)  \(reproduction.title)")
      console.print("claim: \(reproduction.claim)")
      console.print("against: \(reproduction.baseline)")
      console.print("data: \(reproduction.data)")
      let minutes = NumberText.significant(reproduction.minutesPerSeed, digits: 2)
      console.note("budget: \(count) seeds of at most \(minutes) minutes each on two cores")
      let result = try measured(reproduction, seeds: count, console)
      show(result, of: reproduction, on: console)
      console.report(result.json)
      if let out {
        let text = JSONValue.object(result.json).text() + "\n"
        try AtomicFile.write([UInt8](text.utf8), to: out.text)
      }
      if let verdict = result.verdict, verdict != .reproduced {
        throw CommandError.failed(
          "\(result.paper): \(verdict.rawValue)", remedy: "the table says which claims do not hold")
      }
    }
  }

  private func found() throws -> any Reproduction {
    guard let row = Catalogue.paper(paper) else {
      throw CommandError.unknown(
        "paper", paper, among: Catalogue.papers.map(\.id), listing: "latent list papers")
    }
    guard let reproduction = Reproductions.of(row.id) else {
      let there = Reproductions.all.map(\.paper).joined(separator: ", ")
      throw CommandError.usage(
        "\(row.id), «\(row.title)», has no reproduction yet", remedy: "there are: \(there)")
    }
    return reproduction
  }

  private func measured(
    _ reproduction: any Reproduction, seeds count: Int, _ console: Console
  ) throws -> ReproductionResult {
    let journal = SeedJournal(
      for: reproduction, folder: FeatureNetwork.defaultFolder + "/reproductions")
    if fresh { journal.remove() }
    do {
      return try reproduction.run(seeds: count, isQuick: quick, journal: journal) {
        seed, found, isKept in
        let parts = reproduction.criteria.compactMap { criterion in
          found.values[criterion.name].map {
            "\(criterion.name) \(NumberText.significant($0, digits: 3))"
          }
        }
        let kept = isKept ? ", kept by an earlier run" : ""
        console.note("seed \(seed) of \(count)\(kept): \(parts.joined(separator: ", "))")
      }
    } catch let error as OverBudget {
      throw CommandError.failed(
        "\(reproduction.paper): \(error)",
        remedy: "the budget is processor time of two cores; a slower machine needs more")
    }
  }

  private func show(
    _ result: ReproductionResult, of reproduction: any Reproduction, on console: Console
  ) {
    var table = Table([
      .text("claim"), .text("claimed"), .number("measured"), .text("95 % over seeds"),
      .text("unit"), .text("holds"), .text("meaning", wraps: true),
    ])
    for claim in result.claims {
      let ends = claim.interval?.map { NumberText.significant($0, digits: 3) }
      table.add([
        claim.criterion.name, claim.criterion.claimed,
        claim.measured.map { NumberText.significant($0, digits: 3) } ?? "not measured",
        ends?.joined(separator: " to ") ?? "", claim.criterion.unit,
        claim.holds.map { $0 ? "yes" : "no" } ?? "", claim.criterion.meaning,
      ])
    }
    console.print()
    console.print(table)
    console.print()
    for reference in reproduction.references {
      console.print("for reference, \(reference.what): \(reference.values) (\(reference.source))")
    }
    let verdict = result.verdict?.rawValue ?? "none, the quick run measures nothing"
    console.print(
      "verdict: \(verdict), \(NumberText.significant(result.minutes, digits: 2)) minutes of processor time"
    )
  }
}
