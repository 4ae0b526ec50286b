import Datasets
import Foundation
import LatentCore
import LatentModels
import LatentNN
import Runs
import Testing
import Torch
import _TestSupport

/// Every recipe does what the command line promises of it: it trains, goes on, is saved and loaded, and draws.
@Suite struct RecipeTests {
  /// Data that a recipe is tried on, digits unless its name is here, and what keeps it quick.
  static let data: [String: String] = [
    "flow": "moons", "regressor": "swiss-roll:count=500", "gae": "sbm:count=60,blocks=3",
    "vgae": "sbm:count=60,blocks=3",
  ]
  static let settings = [
    "hidden=8", "latent=3", "flow-hidden=8", "flow-steps=2", "critic-hidden=8", "top-hidden=8",
  ]

  static func session(
    _ recipe: any Recipe, in folder: String, name: String, seed: UInt64 = 1
  ) throws -> TrainingSession {
    var config = Config(recipe.settings + TrainingSettings.schema)
    for setting in settings {
      let key = setting.prefix { $0 != "=" }
      if recipe.settings[String(key)] != nil { try config.set(setting) }
    }
    try config.set("batch-size=32")
    let source = data[recipe.name] ?? "digits"
    return try TrainingSession(
      TrainingRequest(
        recipe: recipe, config: config, source: source,
        splits: try recipe.form(DatasetRegistry.open(source)),
        budget: .steps(4), seed: seed, parent: folder, name: name)
    ) { _ in }
  }

  /// What the method makes of the same noise, by everything it can do.
  static func outputs(_ method: any Method, _ batch: Batch) -> [Tensor] {
    withoutGradients {
      evaluating(method.model) {
        var outputs: [Tensor] = []
        if let method = method as? any Samples {
          outputs.append(method.sample(5, using: Generator(seed: 3)))
        }
        if let method = method as? any Encodes { outputs.append(method.encode(batch.examples)) }
        if let method = method as? any Reconstructs {
          outputs.append(method.reconstruct(batch.examples))
        }
        if let method = method as? any Scores {
          outputs.append(method.score(batch.examples, using: Generator(seed: 4)))
        }
        return outputs
      }
    }
  }

  @Test(arguments: Recipes.all.map(\.name))
  func itTrainsSavesLoadsAndDraws(name: String) throws {
    let recipe = try #require(Recipes.named(name))
    #expect(!recipe.summary.isEmpty && !recipe.citations.isEmpty && recipe.defaultSteps > 0)
    try withTemporaryFolder { folder in
      let first = try Self.session(recipe, in: folder, name: "first")
      #expect(try first.train { false } == .finished)
      let second = try Self.session(recipe, in: folder, name: "second")
      #expect(try second.train { false } == .finished)
      let other = try Self.session(recipe, in: folder, name: "other", seed: 2)
      #expect(try other.train { false } == .finished)
      let (a, b) = (first.folder.path, second.folder.path)
      let state = "checkpoints/last.safetensors"
      func bytes(_ run: String) -> Data? { FileManager.default.contents(atPath: "\(run)/\(state)") }
      #expect(bytes(a) != nil && bytes(a) == bytes(b), "the same seed gives the same weights")
      #expect(bytes(a) != bytes(other.folder.path), "another seed gives others")

      let held = try first.splits.test()
      let batch = try held.batch(Array(0..<min(6, held.count)))
      let (opened, again) = (
        try OpenedRun(a, recipes: Recipes.all), try OpenedRun(b, recipes: Recipes.all)
      )
      try opened.loadWeights()
      try again.loadWeights()
      let outputs = Self.outputs(opened.method, batch)
      for (found, expected) in zip(Self.outputs(again.method, batch), outputs) {
        expectClose(found, expected, relative: 0, absolute: 0, name)
      }
      for output in outputs {
        #expect(output.isFinite.all().item() == 1, "\(name)")
        #expect([5, batch.count].contains(output.size(0)))
      }
      if opened.method is any Samples {
        #expect(outputs[0].shape == [5] + batch.examples.shape.dropFirst(), "\(name)")
      }
    }
  }
}
