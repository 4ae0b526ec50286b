import Datasets
import LatentCore
import LatentLearning
import LatentNN
import Testing
import Torch
import _TestSupport

@testable import LatentModels

@Suite struct CodebookGradientTests {
  static func pair(_ shape: [Int] = [6, 5], seed: UInt64 = 1) -> (Tensor, Tensor) {
    let g = Generator(seed: seed)
    return (
      Tensor.randn(shape, using: g, dtype: .float64), Tensor.randn(shape, using: g, dtype: .float64)
    )
  }

  @Test(arguments: CodebookGradient.allCases) func theValueIsTheCodeword(rule: CodebookGradient) {
    for dtype in [DType.float32, .float64] {
      let (e, q) = Self.pair([50, 8])
      expectClose(
        rule(e.to(dtype), codewords: q.to(dtype)), q.to(dtype), relative: 0, absolute: 1e-6)
    }
  }

  /// ⟨∇e, e⟩ / (‖∇e‖ ‖e‖) = ⟨∇q, q⟩ / (‖∇q‖ ‖q‖), and ‖∇e‖ = ‖∇q‖ ‖q‖/‖e‖.
  @Test func rotationKeepsTheGradientsAngle() {
    let (e, q) = Self.pair()
    let (slope, _) = Self.pair(seed: 2)
    let found = gradient(at: e) { (CodebookGradient.rotation($0, codewords: q) * slope).sum() }
    func cosine(_ a: Tensor, _ b: Tensor) -> Tensor { cosineSimilarity(a, b, dim: -1) }
    func length(_ a: Tensor) -> Tensor { a.norm(2, dims: [-1]) }
    expectClose(cosine(found, e), cosine(slope, q), relative: 0, absolute: 1e-12)
    expectClose(length(found), length(slope) * length(q) / length(e), relative: 1e-12)
    let plain = gradient(at: e) {
      (CodebookGradient.straightThrough($0, codewords: q) * slope).sum()
    }
    expectClose(plain, slope, relative: 0, absolute: 0)
  }

  /// λ Rᵀ g with R built as a matrix.
  @Test func theGradientIsTheTransposedMatrix() {
    let (e, q) = Self.pair([1, 4])
    let (slope, _) = Self.pair([1, 4], seed: 2)
    let (a, b) = (e / e.norm(2), q / q.norm(2))
    let r = (a + b) / (a + b).norm(2)
    let matrix =
      Tensor.eye(4, dtype: .float64) - 2 * matmul(r.transposed(), r)
      + 2 * matmul(b.transposed(), a)
    expectClose(
      matmul(matrix, matrix.transposed()), Tensor.eye(4, dtype: .float64), absolute: 1e-12)
    let scale = q.norm(2) / e.norm(2)
    let found = gradient(at: e) { (CodebookGradient.rotation($0, codewords: q) * slope).sum() }
    expectClose(found, matmul(slope, matrix) * scale, relative: 1e-10, absolute: 1e-12)
  }

  @Test func vectorsOfNoLengthStayFinite() {
    let zero = Tensor.zeros([2, 3])
    let slope = gradient(at: zero) { CodebookGradient.rotation($0, codewords: zero + 1).sum() }
    #expect(slope.isFinite.all().item() == 1)
    let opposite = gradient(at: zero + 1) {
      CodebookGradient.rotation($0, codewords: zero - 1).sum()
    }
    #expect(opposite.isFinite.all().item() == 1)
  }
}

@Suite struct CodebookTests {
  static func codebook(
    _ update: CodebookUpdate, entries: Int = 4, fromData: Bool = false, restart: Double = 0
  ) -> Codebook {
    Codebook(
      CodebookOptions(
        entries: entries, size: 2, update: update, startsFromData: fromData, restartBelow: restart),
      using: Generator(seed: 1))
  }

  /// After T equal steps N = γᵀ + (1 − γᵀ) n and m = γᵀ e₀ + (1 − γᵀ) s, e = m/Ñ.
  @Test func movingAveragesHaveTheirClosedForm() {
    let book = Self.codebook(.movingAverage(decay: 0.9))
    let start = book.vectors.cloned()
    let vectors = Tensor([[1.0, 2], [3, 4], [5, 6]])
    let indices = Tensor([0, 0, 2])
    for _ in 0..<5 { book.learn(from: vectors, indices: indices, using: Generator(seed: 2)) }
    let left = 0.9 * 0.9 * 0.9 * 0.9 * 0.9
    let n = Tensor([2.0, 0, 1, 0])
    let s = Tensor([[4.0, 6], [0, 0], [5, 6], [0, 0]])
    expectClose(book.usage.value, (1 - left) * n + left)
    let sums = left * start + (1 - left) * s
    expectClose(book.sums.value, sums)
    let total = book.usage.value.sum()
    let smoothed = (book.usage.value + 1e-5) * total / (total + 4e-5)
    expectClose(book.vectors, sums / smoothed.unsqueezed(dim: 1))
  }

  /// A process with four of six examples, to which the rows of all are brought, has the codebook of one
  /// process with six; the first step places it.
  @Test func processesLearnFromAllRows() {
    let features = Tensor.randn([6, 2, 2, 2], using: Generator(seed: 4))
    let all = features.permuted([0, 2, 3, 1]).reshaped([-1, 2])
    func learnt(_ rows: Range<Int>, isShared: Bool) -> Codebook {
      let quantizer = VectorQuantizer(
        CodebookOptions(entries: 4, size: 2), grid: [2, 2], using: Generator(seed: 1))
      let noise = Generator(seed: 2)
      for index in 0..<3 {
        training(quantizer) { _ = quantizer(features[rows]) }
        var step = Step(index: index, epoch: 0, exampleCount: 6, generator: noise)
        if isShared {
          step.gather = { $0.dtype == .int64 ? quantizer.codebook.nearest(to: all) : all }
        }
        quantizer.afterStep(step)
      }
      return quantizer.codebook
    }
    let whole = learnt(0..<6, isShared: false)
    let part = learnt(0..<4, isShared: true)
    #expect(part.vectors.isEqual(to: whole.vectors))
    #expect(part.usage.value.isEqual(to: whole.usage.value))
  }

  /// Learnt long enough, an entry is the mean of what it takes.
  @Test func entriesBecomeMeans() {
    let book = Self.codebook(.movingAverage(decay: 0.5))
    let vectors = Tensor([[1.0, 2], [3, 4], [5, 6], [0, 0], [9, 9]])
    for _ in 0..<60 {
      book.learn(from: vectors, indices: Tensor([0, 0, 1, 2, 3]), using: Generator(seed: 2))
    }
    expectClose(book.vectors, Tensor([[2.0, 3], [5, 6], [0, 0], [9, 9]]), relative: 1e-4)
  }

  @Test func theNearestEntryIsTheNearest() {
    let g = Generator(seed: 3)
    let book = Self.codebook(.gradient, entries: 9)
    let vectors = Tensor.randn([40, 2], using: g)
    let found = book.nearest(to: vectors)
    let expected = pairwiseDistances(vectors, book.vectors.detached()).argMin(dim: 1)
    #expect(found.isEqual(to: expected))
  }

  /// Four clouds far apart are found whatever the seed.
  @Test(arguments: [UInt64(1), 2, 3, 4, 5]) func kMeansFindsClouds(seed: UInt64) {
    let g = Generator(seed: seed)
    let corners = Tensor([[0.0, 0], [10, 0], [0, 10], [10, 10]])
    let points = corners.interleaved(25, dim: 0) + 0.1 * Tensor.randn([100, 2], using: g)
    let found = kMeans(points, centres: 4, using: g)
    let order = found.centres[.all, 0] + 2 * found.centres[.all, 1]
    let sorted = found.centres.selected(order.argSorted(), dim: 0)
    expectClose(sorted, corners, relative: 0, absolute: 0.15)
    expectClose(found.counts, Tensor.full([4], 25.0))
  }

  @Test func theFirstStepPlacesTheEntriesAndIsSaved() throws {
    let g = Generator(seed: 4)
    let points = Tensor.randn([64, 2], using: g) + 5
    for update in [CodebookUpdate.gradient, .movingAverage(decay: 0.99)] {
      let book = Self.codebook(update, fromData: true)
      book.learn(from: points, indices: book.nearest(to: points), using: Generator(seed: 5))
      let expected = kMeans(points, centres: 4, using: Generator(seed: 5))
      expectClose(book.vectors.detached(), expected.centres)
      #expect(book.isPlaced.value.item() == 1)
      let other = Self.codebook(update, fromData: true)
      try other.load(book.state)
      // Both go on alike: nothing that learning needs is outside of the state.
      for book in [book, other] {
        book.learn(from: points, indices: book.nearest(to: points), using: Generator(seed: 6))
      }
      for (path, tensor) in book.state {
        #expect(other.state[path]?.isEqual(to: tensor) == true, "\(path)")
      }
    }
  }

  @Test func deadEntriesStartAnewOnTheBatch() {
    let vectors = Tensor([[1.0, 1], [1.1, 1], [1, 1.1], [7, 7]])
    for update in [CodebookUpdate.gradient, .movingAverage(decay: 0.9)] {
      // A use of 1 falls below 0.6 of the mean within sixty steps at most.
      let book = Self.codebook(update, restart: 0.6)
      for _ in 0..<60 {
        book.learn(from: vectors, indices: Tensor([0, 0, 0, 0]), using: Generator(seed: 7))
      }
      let entries = book.vectors.detached()
      for entry in 1..<4 {
        let distance = squared(vectors - entries[entry]).sum(dim: 1).min().item()
        #expect(distance < 0.01, "entry \(entry) of \(update)")
      }
    }
    let still = Self.codebook(.movingAverage(decay: 0.5))
    for _ in 0..<20 {
      still.learn(from: vectors, indices: Tensor([0, 0, 0, 0]), using: Generator(seed: 7))
    }
    #expect(still.deadCount.item() == 3)
  }
}

@Suite(.serialized) struct VQVAETests {
  static func method(_ settings: String...) throws -> VQVAE {
    let recipe = VQVAERecipe()
    var config = Config(recipe.settings)
    for setting in ["entries=12", "code-size=4", "channels=8", "prior-width=6", "prior-blocks=1"]
      + settings
    {
      try config.set(setting)
    }
    let made = try recipe.make(
      config, data: DatasetRegistry.open("digits").train.schema, using: Generator(seed: 1))
    return try #require(made as? VQVAE)
  }

  static func step(_ index: Int, _ generator: Generator) -> Step {
    Step(index: index, epoch: 0, exampleCount: 100, generator: generator)
  }

  static func batch(_ count: Int = 32) throws -> Batch {
    try DatasetRegistry.open("digits").train.batch(Array(0..<count))
  }

  /// The prior's gradient stops at the codes, and the autoencoder's terms reach no prior.
  @Test(arguments: ["codebook=ema", "codebook=gradient"])
  func priorAndAutoencoderDoNotMeet(rule: String) throws {
    let method = try Self.method(rule)
    let batch = try Self.batch()
    let all = valueAndGradient(of: method.model) { _ in
      method.terms(batch, Self.step(0, Generator(seed: 2))).total() ?? Tensor(0)
    }.gradients
    #expect(all.unused.isEmpty, "\(all.unused)")
    let prior = valueAndGradient(of: method.model) { _ in
      method.terms(batch, Self.step(0, Generator(seed: 2)))["prior"]?.value ?? Tensor(0)
    }.gradients
    #expect(prior.entries.allSatisfy { $0.path.hasPrefix("prior.") })
    #expect(prior.unused.allSatisfy { $0.hasPrefix("autoencoder.") })
  }

  @Test func stagesTrainOnePartEach() throws {
    let method = try Self.method("autoencoder-steps=2")
    let batch = try Self.batch()
    let noise = Generator(seed: 3)
    for index in 0..<4 {
      let (terms, gradients) = {
        let result = valueAndGradient(of: method.model) { _ in
          let terms = method.terms(batch, Self.step(index, noise))
          return (terms.total() ?? Tensor(0), terms.list.map(\.name))
        }
        return (result.extra, result.gradients)
      }()
      let prefix = index < 2 ? "autoencoder." : "prior."
      #expect(gradients.entries.allSatisfy { $0.path.hasPrefix(prefix) }, "step \(index)")
      let own = Set(terms).intersection(["elbo", "distortion", "prior", "bits-per-code"])
      #expect(own == (index < 2 ? ["distortion"] : ["prior", "bits-per-code"]), "step \(index)")
      let before = method.quantizer.codebook.vectors.cloned()
      method.afterStep(Self.step(index, noise))
      let changed = !before.isEqual(to: method.quantizer.codebook.vectors)
      #expect(changed == (index < 2), "step \(index)")
    }
    let held = [0, 3].map { index in
      evaluating(method.model) {
        withoutGradients { method.terms(batch, Self.step(index, noise)).list.map(\.name) }
      }
    }
    #expect(held[0] == held[1] && held[0].contains("elbo"), "validation has all terms: \(held)")
  }

  /// Score, code length and terms are one bound: log p(x|z) + log p(z).
  @Test(arguments: ["decoder=conv", "decoder=pixelcnn"]) func boundsAgree(decoder: String) throws {
    let method = try Self.method(decoder, "width=4", "blocks=1", "levels=17")
    let batch = try Self.batch(16)
    let terms = withoutGradients { method.terms(batch, Self.step(0, Generator(seed: 4))) }
    let scores = withoutGradients { method.score(batch.examples, using: Generator(seed: 4)) }
    let elbo = try #require(terms["elbo"]).value.item()
    #expect(abs(scores.mean().item() - elbo) < 1e-4 * Swift.abs(elbo))
    let bits = withoutGradients { method.codeLength(batch.examples).mean().item() }
    let perCode = try #require(terms["bits-per-code"]).value.item()
    #expect(abs(bits / 4 - perCode) < 1e-4)
    let perplexity = try #require(terms["perplexity"]).value.item()
    #expect(perplexity >= 1 && perplexity <= 12)
  }

  @Test func codesDecodeToReconstructions() throws {
    let method = try Self.method()
    let examples = try Self.batch(5).examples
    let codes = method.encode(examples)
    #expect(codes.dtype == .int64 && codes.shape == [5, 2, 2] && method.codeShape == [2, 2])
    let posterior = method.network.autoencoder.posterior(of: examples)
    expectClose(
      method.decode(codes), method.network.autoencoder.decoder.mean(posterior.representative),
      relative: 0, absolute: 0)
    expectClose(method.reconstruct(examples), method.decode(codes), relative: 0, absolute: 0)
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let error = try #require(throws: RecipeError.self) { try Self.method("halvings=4") }
    #expect(error.problem.contains("multiples of 16"))
    let other = try #require(throws: RecipeError.self) {
      try Self.method("likelihood=squared-error")
    }
    #expect(other.problem.contains("likelihood in nats"))
  }

  @Test func aTrainingStepLeavesNoTensors() throws {
    let method = try Self.method()
    let batch = try Self.batch()
    let optimizer = Optimizer(Adam(), for: method.model, learningRate: 1e-3)
    func step(_ index: Int) {
      let gradients = valueAndGradient(of: method.model) { _ in
        method.terms(batch, Self.step(index, Generator(seed: 9))).total() ?? Tensor(0)
      }.gradients
      optimizer.update(with: gradients)
      method.afterStep(Self.step(index, Generator(seed: 9)))
    }
    step(0)
    step(1)
    expectNoTensorLeaks { step(2) }
  }
}
