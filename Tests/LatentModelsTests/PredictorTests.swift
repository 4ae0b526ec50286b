import Datasets
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Testing
import Torch
import _TestSupport

/// Classifiers and regressors with every last layer, from data to predictions.
@Suite(.serialized) struct PredictorTests {
  static func trained(
    _ recipe: any Recipe, _ settings: [String], _ data: any Dataset, steps: Int
  ) throws -> any Method {
    var config = Config(recipe.settings)
    for setting in settings { try config.set(setting) }
    let method = try recipe.make(config, data: data.schema, using: Generator(seed: 1))
    let optimizer = Optimizer(Adam(), for: method, learningRate: 3e-3)
    let (order, noise) = (Generator(seed: 2), Generator(seed: 3))
    for index in 0..<steps {
      let rows = Tensor.randint(0..<data.count, [64], using: order).scalars(as: Int.self)
      let batch = try data.batch(rows)
      let step = Step(index: index, epoch: 0, exampleCount: data.count, generator: noise)
      optimizer.update(
        with: valueAndGradient(of: method.model) { _ in
          method.terms(batch, step).total() ?? Tensor(0)
        }.gradients)
    }
    return method
  }

  @Test(arguments: [
    "head=linear", "head=vbll", "head=vbll covariance=diagonal", "head=vbll covariance=low-rank",
    "head=g-vbll", "head=vbll network=conv",
  ]) func aClassifierLearnsDigits(settings: String) throws {
    let splits = try DatasetRegistry.open("digits")
    let words = settings.split(separator: " ").map(String.init) + ["hidden=32"]
    let method = try Self.trained(ClassifierRecipe(), words, splits.train, steps: 150)
    let held = try splits.test().batch(Array(0..<150))
    let step = Step(index: 0, epoch: 0, exampleCount: 150, generator: Generator(seed: 4))
    let terms = withoutGradients { method.heldOutTerms(held, step) }
    #expect(try #require(terms["accuracy"]).value.item() > 0.8)
    #expect(try #require(terms["nll"]).value.item() < 1)
  }

  /// The first coordinate along the roll is a smooth function of the place in space.
  @Test(arguments: ["head=linear", "head=vbll"])
  func aRegressorPredictsInTheTargetsUnits(setting: String) throws {
    let splits = try DatasetRegistry.open("swiss-roll:count=1000")
    let method = try #require(
      try Self.trained(RegressorRecipe(), [setting, "hidden=32"], splits.train, steps: 300)
        as? Regressor)
    let held = try splits.test().all()
    let targets = try #require(held.factors)
    #expect(method.targetNames.count == targets.size(1))
    let (mean, variance) = withoutGradients { method.predict(held.examples) }
    let share = squared(mean - targets).mean(dim: 0) / targets.variance(dims: [0])
    #expect(share.max().item() < 0.2, "share of the variance that is left: \(share)")
    #expect(variance.min().item() > 0)
  }

  /// A target of a thousand times the scale gives a thousand times the prediction and log 1000 more nats.
  @Test func unitsOfTheTargetDoNotMatter() throws {
    let data = try DatasetRegistry.open("swiss-roll:count=300").train
    let batch = try data.batch(Array(0..<64))
    let schema = DatasetSchema(.vector, shape: [3], factors: data.schema.factors)
    func after(_ factor: Double) throws -> (Tensor, Double) {
      let method = try #require(
        try RegressorRecipe().make(
          Config(RegressorRecipe().settings), data: schema, using: Generator(seed: 1)) as? Regressor
      )
      var scaled = batch
      scaled.factors = batch.factors.map { $0 * factor }
      let step = Step(index: 0, epoch: 0, exampleCount: 64, generator: Generator(seed: 2))
      let loss = valueAndGradient(of: method) { $0.terms(scaled, step)["nll"]?.value ?? Tensor(0) }
        .loss
      return (withoutGradients { method.predict(batch.examples).mean }, loss.item())
    }
    let (one, thousand) = try (after(1), after(1000))
    expectClose(thousand.0, one.0 * 1000, relative: 1e-3, absolute: 1e-1)
    let targets = Double(try #require(batch.factors).size(1))
    #expect(abs(thousand.1 - one.1 - targets * 6.907_755) < 1e-3)
  }

  @Test func dataWithoutAnswersAreRefused() throws {
    let schema = DatasetSchema(.vector, shape: [3])
    for recipe in [ClassifierRecipe(), RegressorRecipe()] as [any Recipe] {
      #expect(throws: RecipeError.self) {
        try recipe.make(Config(recipe.settings), data: schema, using: Generator(seed: 1))
      }
    }
  }
}
