import Datasets
import LatentCore
import LatentModels
import Runs

/// What is learned from what: a recipe, the data, and the settings.
struct LearningOptions: ArgumentGroup {
  @Argument("Recipe to train, or a JSON5 file of options; latent list recipes shows the recipes.")
  var recipe: RecipeOrFile
  @Option(
    "Where the data comes from.", value: "source",
    completion: .wordsAndFiles(DatasetRegistry.entries.map(\.name)))
  var data: String
  @Option(
    "Set a key of the recipe or of the training; may be repeated.", name: "set", value: "key=value",
    completion: .keys(Recipes.keys))
  var settings: [Setting]

  /// The settings of a recipe and of training, as far as they are set; throws `ConfigError`.
  func config(for recipe: any Recipe) throws -> Config {
    var config = Config(recipe.settings + TrainingSettings.schema)
    for setting in settings { try config.set(setting.text, from: setting.place) }
    return config
  }
}
