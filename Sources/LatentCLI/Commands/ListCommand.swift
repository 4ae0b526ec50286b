import Catalogue
import Datasets
import LatentCore
import LatentModels
import Runs

/// `latent list`.
struct ListCommand: CommandGroup {
  static let summary = CommandSummary("list", "Show what there is.")
  static var subcommands: [any Command.Type] {
    [ListRecipes.self, ListDatasets.self, ListMetrics.self, ListPapers.self, ListRuns.self]
  }
}

struct ListRecipes: Command {
  static let summary = CommandSummary(
    "recipes", "Show the recipes, or the settings of one.",
    examples: [.init("latent list recipes vae", "every key that --set takes, with its default")])

  @Argument("Recipe whose settings are wanted.", completion: .words(Recipes.all.map(\.name)))
  var recipe: String?

  func run(_ console: Console) throws {
    guard let name = recipe else {
      for recipe in Recipes.all { console.print("\(recipe.name)  \(recipe.summary)") }
      let rows = Recipes.all.map { recipe in
        JSONValue.object(["name": .string(recipe.name), "summary": .string(recipe.summary)])
      }
      console.report(["recipes": .array(rows)])
      return
    }
    guard let recipe = Recipes.named(name) else {
      throw CommandError.unknown(
        "recipe", name, among: Recipes.all.map(\.name), listing: "latent list recipes")
    }
    let fields = (recipe.settings + TrainingSettings.schema).fields
    var table = Table([.text("key"), .text("default"), .text("meaning")])
    for field in fields { table.add([field.name, field.defaultText, field.help]) }
    for line in table.lines(width: nil) { console.print(line) }
    let rows = fields.map { field in
      JSONValue.object([
        "key": .string(field.name), "default": field.defaultValue, "help": .string(field.help),
      ])
    }
    console.report(["recipe": .string(name), "settings": .array(rows)])
  }
}

struct ListDatasets: Command {
  static let summary = CommandSummary("datasets", "Show the data sets that have names.")

  func run(_ console: Console) throws {
    var table = Table([.text("name"), .text("what it is"), .text("where it is")])
    for entry in DatasetRegistry.entries {
      table.add([entry.name, entry.summary, entry.address ?? "comes with the package"])
    }
    for line in table.lines(width: nil) { console.print(line) }
    let rows = DatasetRegistry.entries.map { entry in
      JSONValue.object([
        "name": .string(entry.name), "summary": .string(entry.summary),
        "address": entry.address.map { .string($0) } ?? .null, "origin": .string(entry.origin),
      ])
    }
    console.report(["datasets": .array(rows)])
  }
}

struct ListPapers: Command {
  static let summary = CommandSummary(
    "papers", "Show the papers of the survey.",
    examples: [.init("latent list papers --family core-vae", "the papers of one family")])

  @Option("Only this family.", completion: .words(Catalogue.families.map(\.name)))
  var family: String?

  func run(_ console: Console) throws {
    let names = Catalogue.families.map(\.name)
    if let family, !names.contains(family) {
      let near = NearestName.match(family, in: names).map { "did you mean '\($0)'? " } ?? ""
      throw CommandError.usage(
        "unknown family '\(family)'", remedy: "\(near)One of: \(names.joined(separator: ", "))")
    }
    let papers = Catalogue.papers.filter { family == nil || $0.family == family }
    for paper in papers { console.print("\(paper.id)  \(paper.title)") }
    let rows = papers.map { paper in
      JSONValue.object([
        "paper": .string(paper.id), "title": .string(paper.title), "family": .string(paper.family),
        "arxiv": paper.arxiv.map { .string($0) } ?? .null, "claim": .string(paper.headline),
      ])
    }
    console.report(["papers": .array(rows)])
  }
}
