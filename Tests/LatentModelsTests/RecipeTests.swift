import Datasets
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Testing
import Torch
import _TestSupport

/// What every recipe must do, on the digits of the package.
@Suite(.serialized) struct RecipeTests {
  /// Sizes that keep a step small, for recipes that have such keys.
  static let small = [
    "hidden=16", "latent=3", "classes=4", "width=4", "blocks=1", "entries=8", "channels=8",
    "prior-width=4", "prior-blocks=1", "critic-hidden=8",
  ]

  static func method(_ recipe: any Recipe, seed: UInt64 = 0) throws -> any Method {
    var config = Config(recipe.settings)
    for setting in small {
      if let name = setting.split(separator: "=").first, recipe.settings[String(name)] != nil {
        try config.set(setting)
      }
    }
    return try recipe.make(
      config, data: DatasetRegistry.open("digits").train.schema, using: Generator(seed: seed))
  }

  /// Three steps on one batch, as a trainer does them; the totals of the first player.
  static func train(_ method: any Method, _ batch: Batch) -> [Double] {
    let noise = Generator(seed: 5)
    let optimizer = Optimizer(Adam(), for: method.model, learningRate: 1e-3)
    return (0..<3).map { index in
      let step = Step(index: index, epoch: 0, exampleCount: 1000, generator: noise)
      var totals: [Double] = []
      for player in method.players {
        let (loss, gradients) = valueAndGradient(of: method.model) { _ in
          method.terms(batch, step).total(for: player.name) ?? Tensor(0)
        }
        let own = gradients.entries.filter { player.owns($0.path) }
        optimizer.update(with: Gradients(own, unused: []))
        totals.append(loss.item())
      }
      method.afterStep(step)
      return totals[0]
    }
  }

  @Test(arguments: Recipes.all.map(\.name)) func itTrainsLoadsAndRepeats(name: String) throws {
    let recipe = try #require(Recipes.named(name))
    let batch = try DatasetRegistry.open("digits").train.batch(Array(0..<24))
    let method = try Self.method(recipe)
    let totals = Self.train(method, batch)
    #expect(totals.allSatisfy { $0.isFinite })
    let twin = try Self.method(recipe)
    #expect(Self.train(twin, batch) == totals, "the same seed gives the same run")
    let other = try Self.method(recipe, seed: 1)
    #expect(Self.train(other, batch) != totals)
    try other.model.load(method.model.state)

    let step = Step(index: 3, epoch: 0, exampleCount: 1000, generator: Generator(seed: 6))
    let held = method.heldOutTerms(batch, step)
    #expect(held[method.selection.term] != nil, "\(method.selection.term)")
    for pair in [(method, other)] {
      if let a = pair.0 as? any Samples, let b = pair.1 as? any Samples {
        let drawn = a.sample(2, using: Generator(seed: 2))
        expectClose(drawn, b.sample(2, using: Generator(seed: 2)), relative: 0, absolute: 0)
        #expect(drawn.shape == [2, 1, 8, 8])
      }
      if let a = pair.0 as? any Encodes, let b = pair.1 as? any Encodes {
        let codes = a.encode(batch.examples)
        expectClose(codes, b.encode(batch.examples), relative: 0, absolute: 0)
        #expect(codes.shape == [24] + a.codeShape)
      }
      if let a = pair.0 as? any Reconstructs {
        #expect(a.reconstruct(batch.examples[0..<3]).shape == [3, 1, 8, 8])
      }
      if let a = pair.0 as? any Scores {
        let scores = a.score(batch.examples, using: Generator(seed: 3))
        #expect(scores.shape == [24] && scores.isFinite.all().item() == 1)
      }
    }
  }
}
