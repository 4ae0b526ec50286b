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
    let own = recipe.settings.fields.count
    let rows = fields.enumerated().map { place, field in
      JSONValue.object(field.json(group: place < own ? "model" : "training"))
    }
    console.report([
      "recipe": .string(name), "summary": .string(recipe.summary), "settings": .array(rows),
    ])
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
