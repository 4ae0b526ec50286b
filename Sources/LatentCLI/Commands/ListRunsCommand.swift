import LatentCore
import LatentModels
import Runs

/// `latent list runs`.
struct ListRuns: Command {
  static let summary = CommandSummary(
    "runs", "Show the run folders in a place, filtered and sorted by any key.",
    discussion: """
      Keys are name, status, recipe, data, seed, start, end, minutes, budget, device, version, \
      commit, libtorch and fingerprint, every setting of a run, and every metric: those of \
      evaluation.json and those of the last validation. A name that is both is the setting, or else \
      the metric of evaluation.json; config.NAME, test.NAME and validation.NAME choose.

      Numbers are compared as numbers, all else as text; ~ asks whether a text is part of the \
      value. A run that lacks a key meets no condition on it and comes last in an order by it.

      The answer comes out of an index, .index.sqlite in the folder of runs, which follows the run \
      folders by itself and may be deleted at any time.
      """,
    examples: [
      .init("latent list runs --where beta=4 --sort elbo --descending", "the best of one setting"),
      .init(
        "latent list runs --where recipe=vae --where 'elbo>-100' --limit 20",
        "conditions add up; quotes keep the shell away from < and >"),
      .init("latent list runs --where status=running --show seed", "what is at work, with seeds"),
    ])

  @Option("Folder that run folders are in.", value: "folder", completion: .folders)
  var out = Path("runs")
  @Option(
    "Only runs that meet this, with = != < <= > >= or ~; may be repeated.", name: "where",
    value: "condition")
  var conditions: [String]
  @Option("Order by this key, the smallest first.", value: "key") var sort: String?
  @Flag("Largest first.") var descending
  @Option("The most runs to show.", value: "n", check: .atLeast(1)) var limit: Int?
  @Option("Show this key as well; may be repeated.", value: "key") var show: [String]
  @Flag("Read every run anew instead of those that have changed.") var rebuild

  func run(_ console: Console) throws {
    let query = RunQuery(
      conditions: try conditions.map { try RunCondition(parsing: $0) }, sort: sort,
      isDescending: descending, limit: limit, columns: show)
    let settings = Recipes.all.flatMap { ($0.settings + TrainingSettings.schema).fields }
    let listing = try RunIndex.list(
      query, in: out.text, knownKeys: settings.map(\.name), rebuilds: rebuild
    ) { console.note("reading \(NumberText.grouped($0)) runs into the index") }
    // The keys that every list shows need no second column.
    let usual = ["name", "status", "recipe", "data", "start"]
    let extra = listing.columns.indices.filter { !usual.contains(listing.columns[$0]) }
    var table = Table(
      [.text("run"), .text("status"), .text("recipe"), .text("data"), .text("start")]
        + extra.map { column(listing, $0) })
    for row in listing.rows {
      table.add(
        [row.name, row.status, row.recipe ?? "", row.data ?? "", row.start ?? ""]
          + extra.map { text(row.values[$0]) })
    }
    for line in table.lines(width: nil) { console.print(line) }
    if listing.count > listing.rows.count {
      console.note("\(listing.rows.count) of \(listing.count) runs")
    }
    let sweeps = SweepFolder.all(in: out.text)
    if let first = sweeps.first {
      console.note(
        "\(sweeps.count == 1 ? "a sweep has its" : "\(sweeps.count) sweeps have their") own runs: "
          + "latent list runs --out \(first.path)")
    }
    console.report(document(listing))
  }

  private func column(_ listing: RunListing, _ index: Int) -> Table.Column {
    let isText = listing.rows.contains { row in
      if case .text? = row.values[index] { true } else { false }
    }
    return isText ? .text(listing.columns[index]) : .number(listing.columns[index])
  }

  private func text(_ value: RunListing.Value?) -> String {
    switch value {
    case .int(let number)?: "\(number)"
    case .double(let number)?: NumberText.significant(number, digits: 5)
    case .text(let text)?: text
    case nil: ""
    }
  }

  private func document(_ listing: RunListing) -> JSONObject {
    func json(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    let rows = listing.rows.map { row in
      var values = JSONObject()
      for (key, value) in zip(listing.columns, row.values) {
        values[key] =
          switch value {
          case .int(let number)?: .int(number)
          case .double(let number)?: .double(number)
          case .text(let text)?: .string(text)
          case nil: .null
          }
      }
      return JSONValue.object([
        "run": .string("\(out.text)/\(row.name)"), "status": .string(row.status),
        "recipe": json(row.recipe), "data": json(row.data), "start": json(row.start),
        "values": .object(values),
      ])
    }
    return ["runs": .array(rows), "count": .int(listing.count)]
  }
}
