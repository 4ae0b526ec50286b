import LatentCore
import LatentModels
import Runs

/// The name of a recipe, in whose place a JSON5 file or the `run.json` of a run may stand.
struct RecipeOrFile: ReplaceableBySource {
  /// The recipe's name.
  let name: String

  static var expectation: String { "a recipe's name or a file that ends in .json5 or .json" }
  static var completion: Completion { .wordsAndFiles(Recipes.all.map(\.name)) }

  init?(argument: String) { name = argument }

  var argumentText: String { name }

  static func source(named word: String) -> (any ArgumentSource)? {
    let lowered = word.lowercased()
    guard lowered.hasSuffix(".json5") || lowered.hasSuffix(".json") else { return nil }
    return word.split(separator: "/").last == "run.json"
      ? RunArguments(argument: word) : ArgumentFile(argument: word)
  }
}

/// The recipe called `name`; throws `CommandError` (exit code 2) with the nearest name.
func requiredRecipe(_ name: String) throws -> any Recipe {
  guard let recipe = Recipes.named(name) else {
    throw CommandError.unknown(
      "recipe", name, among: Recipes.all.map(\.name), listing: "latent list recipes")
  }
  return recipe
}

extension Recipes {
  /// The settings of all recipes and of training, each once.
  static var keys: [String] {
    let fields = all.flatMap(\.settings.fields) + TrainingSettings.schema.fields
    var seen: Set<String> = []
    return fields.map(\.name).filter { seen.insert($0).inserted }
  }
}
