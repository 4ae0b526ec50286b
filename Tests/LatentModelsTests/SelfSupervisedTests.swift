import Datasets
import Foundation
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Testing
import Torch
import _TestSupport

@Suite struct SelfSupervisedTests {
  private static let plain = Views([])

  private static func network(_ generator: Generator) -> ProjectedEncoder {
    let encoder = pooledEncoder(
      .conv, exampleShape: [1, 8, 8], widths: [4, 6], using: generator)
    return ProjectedEncoder(encoder, features: 6, projection: 5, hidden: 7, using: generator)
  }

  private static func byol(
    views: Views = plain, decay: Schedule = 0.9, predictor: Int? = 7
  ) -> BYOL {
    BYOL(views: views, decay: decay, predictor: predictor, using: Generator(seed: 1), network)
  }

  private static func batch(_ count: Int) -> Batch {
    Batch(
      examples: Tensor.rand([count, 1, 8, 8], using: Generator(seed: 2)),
      indices: Array(0..<count))
  }

  private static func step(_ index: Int = 0) -> Step {
    Step(index: index, epoch: 0, exampleCount: 16, generator: Generator(seed: 3))
  }

  /// One update on a batch, as the trainer takes it.
  private static func update(_ method: BYOL, index: Int = 0) {
    let gradients = valueAndGradient(of: method.model) { _ in
      method.terms(batch(16), step(index)).total() ?? Tensor(0)
    }.gradients
    Optimizer(SGD(), for: method.model, learningRate: 0.1).update(with: gradients)
  }

  @Test func directionErrorIsADistanceOfUnitVectors() {
    let p = Tensor([[2, 0], [0, 3], [1, 1], [-4, 0]])
    let z = Tensor([[5, 0], [7, 0], [2, 0], [1, 0]])
    expectClose(directionError(p, z), Tensor([0, 2, 2 - 2.0.squareRoot(), 4]), absolute: 1e-6)
    let (a, b) = (
      Tensor.randn([6, 4], using: Generator(seed: 1)),
      Tensor.randn([6, 4], using: Generator(seed: 2))
    )
    let distance = squared(normalized(a) - normalized(b)).sum(dim: 1)
    expectClose(directionError(a, b), distance, absolute: 1e-5)
  }

  @Test func contrastiveLossIsTheWrittenOutSum() {
    let (a, b) = (
      Tensor.randn([3, 4], using: Generator(seed: 1), dtype: .float64),
      Tensor.randn([3, 4], using: Generator(seed: 2), dtype: .float64)
    )
    let codes = normalized(concatenated([a, b]))
    let cosines = matmul(codes, codes.transposed(0, 1)).scalars(as: Double.self)
    var sum = 0.0
    for i in 0..<6 {
      let others = (0..<6).filter { $0 != i }.map { exp(cosines[6 * i + $0] / 0.3) }
      sum -= log(exp(cosines[6 * i + (i + 3) % 6] / 0.3) / others.reduce(0, +))
    }
    let loss = contrastiveCrossEntropy(a, b, temperature: 0.3).item()
    #expect(abs(loss - sum / 6) < 1e-12)
    let equal = Tensor.ones([8, 4], dtype: .float64)
    let known = contrastiveCrossEntropy(equal, equal, temperature: 0.5).item()
    #expect(abs(known - log(15.0)) < 1e-12)
  }

  @Test func contrastiveLossHasTheGradientOfItsDifferences() {
    let b = Tensor.randn([3, 4], using: Generator(seed: 2), dtype: .float64)
    let a = Tensor.randn([3, 4], using: Generator(seed: 1), dtype: .float64)
    expectGradientsMatchDifferences(at: [a, b]) {
      contrastiveCrossEntropy($0[0], $0[1], temperature: 0.3)
    }
  }

  @Test func deviationTellsCollapseFromSpread() {
    #expect(sphericalDeviation(Tensor([[1, 2], [2, 4], [3, 6]])).item() < 1e-3)
    let cross = Tensor([[1, 0], [-3, 0], [0, 2], [0, -5]])
    #expect(abs(sphericalDeviation(cross).item() - 1) < 1e-6)
    let codes = Tensor.randn([50, 3], using: Generator(seed: 1), dtype: .float64) + 1
    let variance = normalized(codes).variance(dims: [0], correction: 0).sum()
    expectClose(sphericalDeviation(codes), sqrt(variance), absolute: 1e-9)
  }

  @Test func viewsAreMatchedByAngle() {
    let codes = Tensor([[1, 0], [0, 1], [-1, 0], [0, -1]])
    #expect(viewAccuracy(codes, 3 * codes).item() == 1)
    #expect(viewAccuracy(codes, -codes).item() == 0)
    let equal = Tensor.ones([4, 2])
    #expect(viewAccuracy(equal, equal).item() == 0.25)
  }

  @Test func theLossIsOfBothViewsAgainstTheTarget() {
    let method = Self.byol()
    Self.update(method)
    let batch = Self.batch(16)
    let loss = withoutGradients { method.terms(batch, Self.step()).total()?.item() ?? .nan }
    let z = method.online(batch.examples).projection
    let goal = method.target(batch.examples).projection
    // Both views are the picture itself, so both halves are alike.
    let expected = 2 * directionError(method.predictor?(z) ?? z, goal).mean().item()
    #expect(abs(loss - expected) < 1e-5)
    let bare = Self.byol(predictor: nil)
    let zero = withoutGradients { bare.terms(batch, Self.step()).total()?.item() ?? .nan }
    #expect(abs(zero) < 1e-5)
  }

  @Test func theTargetFollowsAndTakesNoGradient() throws {
    let method = Self.byol(decay: .cosine(from: 0.9, to: 1, steps: 10))
    for (own, leading) in zip(method.target.parameters, method.online.parameters) {
      #expect(own.parameter.value.isEqual(to: leading.parameter.value))
      #expect(!own.parameter.isTrainable)
    }
    let before = method.target.parameters.map { $0.parameter.value.cloned() }
    Self.update(method)
    for (own, old) in zip(method.target.parameters, before) {
      #expect(own.parameter.value.isEqual(to: old))
    }
    method.afterStep(Self.step(5))
    // Halfway between 0.9 and 1.
    let online = method.online.parameters.map(\.parameter.value)
    #expect(zip(before, online).contains { !$0.isEqual(to: $1) })
    for (index, own) in method.target.parameters.enumerated() {
      expectClose(
        own.parameter.value, 0.95 * before[index] + 0.05 * online[index], absolute: 1e-6)
    }
    method.afterStep(Self.step(10))
    let held = Self.byol(decay: 0)
    Self.update(held)
    held.afterStep(Self.step())
    for (own, leading) in zip(held.target.parameters, held.online.parameters) {
      #expect(own.parameter.value.isEqual(to: leading.parameter.value))
    }
  }

  @Test func aBatchOfOnePasses() {
    let views = Views([.warp(RandomWarp(area: 0.5))])
    for method in [
      Self.byol(views: views) as any Method,
      SimCLR(Self.network(Generator(seed: 1)), views: views),
    ] {
      let (loss, gradients) = valueAndGradient(of: method.model) { _ in
        method.terms(Self.batch(1), Self.step()).total() ?? Tensor(0)
      }
      #expect(loss.isFinite.all().item() == 1)
      #expect(gradients.entries.allSatisfy { $0.gradient.isFinite.all().item() == 1 })
    }
  }

  @Test(arguments: PooledNetworkKind.allCases) func anyPictureHasFeatures(kind: PooledNetworkKind) {
    for shape in [[1, 8, 8], [3, 13, 10], [1, 1, 1]] {
      let encoder = pooledEncoder(
        kind, exampleShape: shape, widths: [4, 6, 5], using: Generator(seed: 1))
      let codes = encoder(Tensor.rand([3] + shape, using: Generator(seed: 2)))
      #expect(codes.shape == [3, 5])
    }
  }

  @Test(arguments: ["byol", "simclr"]) func onlyPicturesAreTaken(name: String) throws {
    let recipe = try #require(Recipes.named(name))
    #expect(throws: RecipeError.self) {
      _ = try recipe.make(
        Config(recipe.settings), data: DatasetSchema(.vector, shape: [4]),
        using: Generator(seed: 1))
    }
    let colour = try recipe.make(
      Config(recipe.settings), data: DatasetSchema(.colourImage, shape: [3, 16, 16], range: 0...1),
      using: Generator(seed: 1))
    let pictures = Batch(
      examples: Tensor.rand([4, 3, 16, 16], using: Generator(seed: 2)), indices: Array(0..<4))
    let terms = training(colour.model) { colour.terms(pictures, Self.step()) }
    #expect(terms.numbers.allSatisfy { $0.value.isFinite })
  }
}
