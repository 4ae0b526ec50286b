import Datasets
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Testing
import Torch
import _TestSupport

@Suite struct GraphAutoencoderTests {
  /// A path of four nodes with two features each, as one example in float64.
  private static let example: [[Double]] = [
    [0, 1, 0, 0, 1, 0], [1, 0, 1, 0, 0, 1], [0, 1, 0, 1, 1, 1], [0, 0, 1, 0, 2, 0],
  ]

  private static func graph() -> Tensor {
    Tensor(example.flatMap { $0 }, dtype: .float64).reshaped([1, 4, 6])
  }

  private static func method(
    isVariational: Bool = true, usesFeatures: Bool = true, beta: Double = 1, isBalanced: Bool = true
  ) -> GraphAutoencoder {
    let encoder = GraphEncoder(
      inputs: usesFeatures ? 2 : 4, hidden: [3], size: 2, isVariational: isVariational,
      using: Generator(seed: 1)
    ).to(.float64)
    return GraphAutoencoder(
      encoder, nodeCount: 4, usesFeatures: usesFeatures, beta: beta, isBalanced: isBalanced)
  }

  private static func step() -> Step {
    Step(index: 0, epoch: 0, exampleCount: 1, generator: Generator(seed: 2))
  }

  /// Â X W from the matrix written out, with and without features.
  @Test func aLayerIsTheNormalisedProduct() {
    let adjacency = Self.graph()[0, .all, 0..<4]
    let features = Self.graph()[0, .all, 4...]
    let closed = adjacency + Tensor.eye(4, dtype: .float64)
    let degrees = rsqrt(closed.sum(dim: 1))
    let product = matmul(matmul(degrees.diagonalMatrix(), closed), degrees.diagonalMatrix())
    let graph = NormalizedAdjacency(adjacency)
    let layer = GraphConvolution(2, 3, using: Generator(seed: 3)).to(.float64)
    expectClose(
      layer(features, on: graph), matmul(matmul(product, features), layer.weight.value))
    let bare = GraphConvolution(4, 3, using: Generator(seed: 3)).to(.float64)
    expectClose(bare(nil, on: graph), matmul(product, bare.weight.value))
  }

  /// The cross-entropy is half the mean over ones of A + I, scaled by their excess over A, plus half the mean over zeros.
  @Test func distortionWeighsEdgesAsMuchAsOtherPairs() {
    let method = Self.method(isVariational: false)
    let codes = method.encode(Self.graph())[0]
    let logits = matmul(codes, codes.transposed())
    let adjacency = Self.graph()[0, .all, 0..<4]
    let targets = adjacency + Tensor.eye(4, dtype: .float64)
    // Six ones in A, so that edges weigh 10/6 and the whole 16/20.
    let weights = targets * (10.0 / 6) * softplus(-logits) + (1 - targets) * softplus(logits)
    let expected = weights.mean().item() * 16 / 20
    let terms = method.terms(Batch(examples: Self.graph(), indices: [0]), Self.step())
    #expect(abs(terms.value("distortion") - expected) < 1e-12)
    #expect(terms["rate"] == nil)
  }

  /// The rate is the closed form at the posterior, a node, and is weighed by β/n.
  @Test func rateIsTheDivergenceOfANode() {
    let method = Self.method(beta: 3)
    let batch = Batch(examples: Self.graph(), indices: [0])
    let terms = method.terms(batch, Self.step())
    let graph = GraphExample(Self.graph()[0])
    let (mean, deviation) = method.encoder(graph.features, graph.adjacency)
    let log = deviation ?? mean
    let divergence = 0.5 * (squared(mean) + exp(2 * log) - 1 - 2 * log)
    let expected = divergence.sum().item() / 4
    #expect(abs(terms.value("rate") - expected) < 1e-12)
    let total = terms.total()?.item() ?? .nan
    #expect(abs(total - terms.value("distortion") - 3.0 / 4 * expected) < 1e-12)
  }

  /// n² (distortion + rate/n) is −[log p(A + I | z) − KL] where nothing is weighed.
  @Test func unweighedItIsTheBound() {
    let method = Self.method(isBalanced: false)
    let terms = method.terms(Batch(examples: Self.graph(), indices: [0]), Self.step())
    let graph = GraphExample(Self.graph()[0])
    let (mean, deviation) = method.encoder(graph.features, graph.adjacency)
    let log = deviation ?? mean
    let noise = Tensor.randn([4, 2], using: Generator(seed: 2), dtype: .float64)
    let codes = mean + exp(log) * noise
    let logits = matmul(codes, codes.transposed())
    let targets = graph.adjacency + Tensor.eye(4, dtype: .float64)
    let likelihood = (targets * logits - softplus(logits)).sum().item()
    let divergence = 0.5 * (squared(mean) + exp(2 * log) - 1 - 2 * log).sum().item()
    let bound = -16 * (terms.total()?.item() ?? .nan)
    #expect(abs(bound - (likelihood - divergence)) < 1e-9)
  }

  @Test func gradientsEqualFiniteDifferences() {
    let method = Self.method()
    let batch = Batch(examples: Self.graph(), indices: [0])
    let found = valueAndGradient(of: method.model) { _ in
      method.terms(batch, Self.step()).total() ?? Tensor(0)
    }.gradients
    for entry in found.entries {
      let start = entry.parameter.value.detached().cloned()
      for index in 0..<Swift.min(start.count, 3) {
        func loss(_ shift: Double) -> Double {
          let moved = start.flattened().setting(start.flattened()[index].item() + shift, at: index)
          var state = method.model.state
          state[entry.path] = moved.reshaped(start.shape)
          try? method.model.load(state)
          return withoutGradients { method.terms(batch, Self.step()).total()?.item() ?? .nan }
        }
        let slope = (loss(1e-5) - loss(-1e-5)) / 2e-5
        _ = loss(0)
        #expect(abs(entry.gradient.flattened()[index].item() - slope) < 1e-7, "\(entry.path)")
      }
    }
  }

  /// A node's name is arbitrary: renaming renames the codes, where features stand for the nodes.
  @Test func codesFollowARenaming() {
    let method = Self.method()
    let order = Tensor([2, 0, 3, 1])
    let graph = Self.graph()[0]
    let renamed = concatenated(
      [
        graph[.all, 0..<4].selected(order, dim: 0).selected(order, dim: 1),
        graph[.all, 4...].selected(order, dim: 0),
      ], dim: 1
    ).unsqueezed(dim: 0)
    expectClose(method.encode(renamed)[0], method.encode(Self.graph())[0].selected(order, dim: 0))
  }

  @Test func linksAreProductsOfCodes() {
    let method = Self.method()
    let pairs = Tensor([0, 1, 2, 3, 1, 3], shape: [1, 3, 2])
    let codes = method.encode(Self.graph())[0]
    let products = matmul(codes, codes.transposed())
    let found = method.linkLogits(Self.graph(), pairs: pairs)[0].scalars(as: Double.self)
    let expected = [products[0, 1], products[2, 3], products[1, 3]].map { $0.item() }
    for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-12) }
    let batch = Batch(
      examples: Self.graph(),
      extras: ["pairs": pairs, "linked": Tensor([1.0, 1, 0], dtype: .float64).unsqueezed(dim: 0)],
      indices: [0])
    let wins = [expected[0], expected[1]].map { $0 > expected[2] ? 1.0 : 0 }
    let terms = method.heldOutTerms(batch, Self.step())
    #expect(terms.value("auc") == (wins[0] + wins[1]) / 2)
  }

  /// Hidden edges of a graph of blocks are found far better than by chance, and better with features.
  @Test func hiddenLinksAreFound() throws {
    var plan = BlockModel()
    (plan.count, plan.blocks, plan.inner, plan.outer, plan.noise) = (120, 4, 6, 1, 1)
    let splits = try plan.graph().linkSplits()
    let recipe = GraphRecipe()
    let method = try recipe.make(
      Config(recipe.settings), data: splits.train.schema, using: Generator(seed: 1))
    let optimizer = Optimizer(Adam(), for: method, learningRate: 1e-3)
    let batch = try splits.train.all()
    for index in 0..<60 {
      let step = Step(index: index, epoch: index, exampleCount: 1, generator: Generator(seed: 9))
      optimizer.update(
        with: valueAndGradient(of: method.model) { _ in
          method.terms(batch, step).total() ?? Tensor(0)
        }.gradients)
    }
    let hidden = try splits.test().all()
    let held = withoutGradients { method.heldOutTerms(hidden, Self.step()) }
    #expect(held.value("auc") > 0.7)
  }

  @Test func whatIsNoGraphIsRefused() throws {
    let recipe = GraphRecipe()
    let digits = try DatasetRegistry.open("digits")
    let error = #expect(throws: DatasetError.self) { try recipe.form(digits) }
    #expect(error?.problem.contains("expected a graph, found greyImage") == true)
    #expect(throws: RecipeError.self) {
      try recipe.make(
        Config(recipe.settings), data: digits.train.schema, using: Generator(seed: 1))
    }
  }
}
