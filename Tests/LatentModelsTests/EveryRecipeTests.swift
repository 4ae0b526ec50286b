import Datasets
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Testing
import Torch
import _TestSupport

/// What `latent train NAME --data digits` relies on, for every recipe with its defaults; other data where a recipe needs them.
@Suite(.serialized) struct EveryRecipeTests {
  static let names = Recipes.all.map(\.name)

  static func splits(_ recipe: any Recipe) throws -> DatasetSplits {
    let others = ["regressor": "swiss-roll:count=500"]
    let source =
      recipe is GraphRecipe ? "sbm:count=60,blocks=3" : others[recipe.name] ?? "digits"
    return try recipe.form(DatasetRegistry.open(source))
  }

  static func made(_ name: String) throws -> any Method {
    let recipe = try #require(Recipes.named(name))
    return try recipe.make(
      Config(recipe.settings), data: splits(recipe).train.schema, using: Generator(seed: 3))
  }

  /// Two steps of every player, or another number, as the trainer takes them; with products in `products` if they are given.
  static func trained(
    _ name: String, steps: Int = 2, products: DType? = nil
  ) throws -> any Method {
    let method = try made(name)
    let data = try splits(#require(Recipes.named(name))).train
    try (method as? any Prepares)?.prepare(data)
    let optimizer = Optimizer(Adam(), for: method, learningRate: 1e-3)
    let noise = Generator(seed: 4)
    for index in 0..<steps {
      let batch = try data.batch(
        (32 * index..<32 * index + 32).prefix(data.count).map { $0 % data.count })
      let step = Step(index: index, epoch: 0, exampleCount: data.count, generator: noise)
      for player in method.players {
        let gradients = valueAndGradient(of: method.model) { _ in
          let terms = withAutocast(to: products) { method.terms(batch, step) }
          let numbers = terms.numbers
          #expect(numbers.allSatisfy { $0.value.isFinite }, "\(name): \(numbers)")
          return terms.total(for: player.name) ?? Tensor(0)
        }.gradients
        optimizer.update(with: Gradients(gradients.entries.filter { player.owns($0.path) }))
      }
      method.afterStep(step)
    }
    return method
  }

  @Test func namesAreDifferent() {
    #expect(Set(Self.names).count == Self.names.count)
    #expect(Recipes.all.allSatisfy { !$0.citations.isEmpty && !$0.summary.isEmpty })
  }

  @Test(arguments: names) func itTrainsAndIsDeterminedByItsSeed(name: String) throws {
    let (one, other) = try (Self.trained(name), Self.trained(name))
    let (a, b) = (one.model.state, other.model.state)
    #expect(a.keys == b.keys)
    for (path, tensor) in a {
      let twin = try #require(b[path])
      #expect(tensor.isEqual(to: twin), "\(name): \(path)")
    }
    let start = try Self.made(name).model.state
    for player in one.players {
      let moved = a.contains { path, tensor in
        player.owns(path) && !(start[path].map { $0.isEqual(to: tensor) } ?? true)
      }
      #expect(moved, "\(name): the player \(player.name) changed nothing")
    }
  }

  /// `precision=bfloat16`: no part expects of its neighbours what only float32 products give.
  @Test(arguments: names) func itTrainsInBFloat16(name: String) throws {
    guard Device.cpu.supportsBFloat16 else { return }
    let state = try Self.trained(name, steps: 1, products: .bfloat16).model.state
    for (path, tensor) in state {
      #expect(tensor.dtype != .bfloat16, "\(name): \(path)")
      #expect(
        !tensor.dtype.isFloatingPoint || tensor.isFinite.all().item() == 1, "\(name): \(path)")
    }
  }

  @Test(arguments: names) func itSavesLoadsAndDoesAllItSays(name: String) throws {
    let method = try Self.trained(name)
    let fresh = try Self.made(name)
    try fresh.model.load(method.model.state)
    let splits = try Self.splits(#require(Recipes.named(name)))
    let held = splits.validation ?? splits.train
    let batch = try held.batch(Array(0..<min(8, held.count)))
    let data = batch.examples
    func compare<Capability>(_: Capability.Type, _ output: (Capability) -> Tensor) throws {
      guard let old = method as? Capability else { return }
      let new = try #require(fresh as? Capability)
      let (a, b) = withoutGradients { (output(old), output(new)) }
      #expect(a.isFinite.all().item() == 1)
      expectClose(a, b, relative: 0, absolute: 0)
    }
    try compare((any Encodes).self) { $0.encode(data) }
    try compare((any Reconstructs).self) { $0.reconstruct(data) }
    try compare((any Samples).self) { $0.sample(3, using: Generator(seed: 5)) }
    try compare((any Conditions).self) {
      $0.sample(conditions: Tensor([1, 0]), using: Generator(seed: 8))
    }
    try compare((any Scores).self) { $0.score(data, using: Generator(seed: 6)) }
    try compare((any Classifies).self) { $0.classLogProbabilities(data, using: Generator(seed: 8)) }
    try compare((any Regresses).self) { $0.predict(data).variance }
    let step = Step(index: 0, epoch: 0, exampleCount: 8, generator: Generator(seed: 7))
    let terms = withoutGradients { fresh.heldOutTerms(batch, step) }
    #expect(terms[fresh.selection.term] != nil, "\(name) is chosen by \(fresh.selection.term)")
  }
}
