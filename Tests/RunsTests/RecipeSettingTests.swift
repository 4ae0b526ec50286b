import LatentCore
import LatentModels
import Testing

@testable import Runs

@Suite struct RecipeSettingTests {
  /// One name means one thing in a run's configuration.
  @Test(arguments: Recipes.all.map(\.name)) func noRecipeTakesANameOfTheTrainer(name: String) throws
  {
    let recipe = try #require(Recipes.named(name))
    let training = Set(TrainingSettings.schema.fields.map(\.name))
    let taken = recipe.settings.fields.map(\.name).filter { training.contains($0) }
    #expect(taken.isEmpty, "\(name) declares \(taken), which training has already")
  }
}
