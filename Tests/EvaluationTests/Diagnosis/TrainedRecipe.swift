import Datasets
import Evaluation
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Runs
import Testing
import Torch

/// A recipe trained in memory for some steps of Adam, as the trainer takes them, beside its settings.
struct TrainedRecipe {
  /// Which recipe on which settings and examples.
  struct Plan: Sendable, CustomStringConvertible {
    let recipe: String
    var settings: [String] = []
    var steps = 400
    var rate = 3e-3
    /// As many of the first training examples; nil for all.
    var examples: Int?
    /// Whether the pictures are averaged to 4 × 4 and made ones and zeros.
    var isSmall = false

    var description: String { "\(recipe) \(settings.joined(separator: " "))" }
  }

  let plan: Plan
  let config: Config
  let method: any Method
  let train: any Dataset
  let held: any Dataset

  /// Trains; a function of the plan alone.
  init(_ plan: Plan) throws {
    self.plan = plan
    (train, held) = try Self.data(plan)
    let recipe = try #require(Recipes.named(plan.recipe))
    var config = Config(recipe.settings + TrainingSettings.schema)
    for setting in plan.settings { try config.set(setting) }
    self.config = config
    method = try recipe.make(config, data: train.schema, using: Generator(seed: 1))
    try go(steps: plan.steps)
  }

  /// Trains on, by the same players in the same order.
  func go(steps: Int, where trains: (String) -> Bool = { _ in true }) throws {
    let whole = try train.batch(Array(0..<train.count))
    let players = method.players
    let optimizer = Optimizer(Adam(), for: method, learningRate: .constant(plan.rate))
    let (order, noise) = (Generator(seed: 2), Generator(seed: 3))
    for index in 0..<steps {
      let rows = Tensor.randint(0..<train.count, [min(64, train.count)], using: order)
      let batch = Batch(
        examples: whole.examples.selected(rows, dim: 0),
        labels: whole.labels?.selected(rows, dim: 0), indices: rows.scalars(as: Int.self))
      let step = Step(index: index, epoch: 0, exampleCount: train.count, generator: noise)
      for player in players {
        let gradients = valueAndGradient(of: method.model) { _ in
          method.terms(batch, step).total(for: player.name) ?? Tensor(0)
        }.gradients
        optimizer.update(
          with: Gradients(
            gradients.entries.filter { player.owns($0.path) && trains($0.path) }))
      }
      method.afterStep(step)
    }
  }

  /// What the checks say of it; by default the digits' own parts and every check.
  func diagnosis(
    train other: (any Dataset)? = nil, held elsewhere: (any Dataset)? = nil
  ) throws -> Diagnosis {
    try Diagnosis(
      Patient(
        method, train: other ?? train, held: elsewhere ?? held, config: config, seed: 4))
  }

  /// Replaces tensors of the state; stops the test for a path that there is not.
  func replace(_ parts: [String: (Tensor) -> Tensor]) throws {
    var state = method.model.state
    for (path, change) in parts {
      let known = try #require(state[path], "\(path) is not among \(state.keys.sorted())")
      state[path] = change(known)
    }
    try method.model.load(state)
  }

  private static func data(_ plan: Plan) throws -> (any Dataset, any Dataset) {
    let splits = try DatasetRegistry.open("digits")
    var train = splits.train
    var held = try splits.test()
    if plan.isSmall { (train, held) = (try small(train), try small(held)) }
    if let count = plan.examples { train = try Subset(of: train, at: Array(0..<count)) }
    return (train, held)
  }

  /// 4 × 4 ones and zeros of the 8 × 8 digits.
  private static func small(_ data: any Dataset) throws -> any Dataset {
    let batch = try data.batch(Array(0..<data.count))
    let means = batch.examples.reshaped([data.count, 1, 4, 2, 4, 2]).mean(dims: [3, 5])
    var schema = data.schema
    schema.exampleShape = [1, 4, 4]
    return try TensorDataset(
      name: "small-digits", schema: schema, examples: (means .> 0.4).to(.float32),
      labels: batch.labels)
  }
}

extension Diagnosis {
  /// The names of findings of at least this severity.
  func ids(atLeast severity: Finding.Severity = .note) -> Set<String> {
    Set(findings.filter { $0.severity >= severity }.map(\.id))
  }
}
