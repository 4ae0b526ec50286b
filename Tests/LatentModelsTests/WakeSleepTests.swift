import Datasets
import Distributions
import Foundation
import LatentCore
import LatentLearning
import LatentNN
import Testing
import Torch
import _TestSupport

@testable import LatentModels

/// Wake-sleep on x = w z + μ + σ ε with orthogonal w, where the posterior is known and diagonal.
@Suite struct WakeSleepTests {
  private static let sigma = 0.5
  private static var weight: Tensor {
    Tensor([[1.2, 0], [0, 0.7], [0.5, 0], [0, -0.4]], dtype: .float64)
  }
  private static var offset: Tensor { Tensor([0.3, -0.2, 0, 1], dtype: .float64) }
  private static var law: LinearGaussian {
    LinearGaussian(
      weight: weight, offset: offset, noiseVariance: Tensor(sigma * sigma, dtype: .float64))
  }

  private static func model() -> Autoencoder {
    let generator = Generator(seed: 1)
    let bottleneck = GaussianBottleneck(features: 4, size: 2, using: generator)
    let decoder = NetworkDecoder(
      Linear(weight: weight, bias: offset),
      likelihood: GaussianLikelihood(standardDeviation: sigma), exampleShape: [4])
    return Autoencoder(
      encoder: Sequential([Flatten()]), bottleneck: bottleneck, decoder: decoder
    ).to(.float64)
  }

  /// Gives the encoder the posterior: precision 1 + w'w/σ², mean (1 + w'w/σ²)⁻¹ w'(x − μ)/σ².
  private static func knowing(_ model: Autoencoder) throws -> Autoencoder {
    let variance = 1 / (1 + squared(weight).sum(dim: 0) / (sigma * sigma))
    let slopes = variance.unsqueezed(dim: 1) * weight.transposed(0, 1) / (sigma * sigma)
    let shifts = -matmul(slopes, offset)
    var state = model.state
    state["bottleneck.moments.weight"] = concatenated(
      [slopes, Tensor.zeros([2, 4], dtype: .float64)])
    state["bottleneck.moments.bias"] = concatenated([shifts, log(variance)])
    try model.load(state)
    return model
  }

  private static func pass(_ model: Autoencoder, _ count: Int, seed: UInt64 = 3) -> Pass {
    let examples = law.sample(count, using: Generator(seed: seed))
    let step = Step(
      index: 0, epoch: 0, exampleCount: count, generator: Generator(seed: seed + 1))
    return Pass(model, Batch(examples: examples, indices: Array(0..<count)), step)
  }

  @Test func dreamsAreDrawsOfTheModel() {
    let dream = WakeSleep.dream(of: Self.model(), 40_000, using: Generator(seed: 5)).examples
    let centred = dream - dream.mean(dim: 0)
    let covariance = matmul(centred.transposed(0, 1), centred) / Double(dream.size(0))
    let exact =
      matmul(Self.weight, Self.weight.transposed(0, 1))
      + Self.sigma * Self.sigma * Tensor.eye(4, dtype: .float64)
    // Standard errors: variances of at most 1.7 have 0.012, means at most 0.007.
    expectClose(covariance, exact, relative: 0, absolute: 0.06)
    expectClose(dream.mean(dim: 0), Self.offset, relative: 0, absolute: 0.03)
  }

  @Test func thePosteriorIsTheOptimumOfSleep() throws {
    let model = try Self.knowing(Self.model())
    let (loss, gradients) = valueAndGradient(of: model) { model in
      WakeSleep().terms(Self.pass(model, 40_000))["sleep"]?.value ?? Tensor(0)
    }
    let variance = 1 / (1 + squared(Self.weight).sum(dim: 0) / (Self.sigma * Self.sigma))
    let entropy = (0.5 * log(2 * Double.pi * M_E * variance)).sum().item()
    // −log q has variance 1/2 a dimension: standard error 0.005.
    #expect(abs(loss.item() - entropy) < 0.025)
    let bottleneck = gradients.entries.filter { $0.path.hasPrefix("bottleneck.") }
    #expect(bottleneck.count == 2)
    for entry in bottleneck {
      #expect(abs(entry.gradient).max().item() < 0.05, "\(entry.path)")
    }
    // There it bounds nothing from below: the ELBO is the evidence.
    let held = Self.pass(model, 2000)
    let evidence = Self.law.evidence.logProbability(held.targets).mean().item()
    let elbo = WakeSleep().terms(held).value("elbo")
    #expect(abs(elbo - evidence) < 0.2)
  }

  @Test func eachPhaseTouchesItsOwnPlayerAlone() throws {
    let model = Self.model()
    let players = try #require(WakeSleep().players)
    for (player, prefix) in zip(players, ["decoder.", "bottleneck."]) {
      let gradients = valueAndGradient(of: model) { model in
        WakeSleep().terms(Self.pass(model, 50)).total(for: player.name) ?? Tensor(0)
      }.gradients
      #expect(!gradients.entries.isEmpty)
      #expect(gradients.entries.allSatisfy { $0.path.hasPrefix(prefix) && player.owns($0.path) })
    }
    let owners = model.parameters.map { place in players.filter { $0.owns(place.path) }.count }
    #expect(owners.allSatisfy { $0 == 1 })
  }

  @Test func sleepLearnsThePosterior() throws {
    let model = Self.model()
    model.freeze { $0.hasPrefix("decoder.") }
    let steps = 600
    let optimizer = Optimizer(
      Adam(), for: model, learningRate: .cosine(from: 0.05, to: 0, steps: steps))
    for index in 0..<steps {
      let gradients = valueAndGradient(of: model) { model in
        WakeSleep().terms(Self.pass(model, 200, seed: UInt64(10 + 2 * index)))
          .total(for: WakeSleep.encoder) ?? Tensor(0)
      }.gradients
      optimizer.update(with: gradients)
    }
    let exact = try Self.knowing(Self.model()).state
    for path in ["bottleneck.moments.weight", "bottleneck.moments.bias"] {
      let (found, known) = (try #require(model.state[path]), try #require(exact[path]))
      expectClose(found, known, relative: 0, absolute: 0.05, path)
    }
  }

  @Test func likelihoodsDrawWhatTheyDescribe() {
    let parameters = Tensor([-1.0, 0, 2], dtype: .float64).expanded([20_000, 3])
    let source = Generator(seed: 7)
    for likelihood in [
      BernoulliLikelihood(), ContinuousBernoulliLikelihood(),
      GaussianLikelihood(standardDeviation: 0.3),
    ] as [any GenerativeLikelihood] {
      let drawn = likelihood.sample(parameters, using: source)
      // Standard errors of the means are at most 0.0036.
      expectClose(
        drawn.mean(dim: 0), likelihood.mean(parameters)[0], relative: 0, absolute: 0.02,
        "\(likelihood)")
    }
  }

  @Test func aCostIsNoDream() throws {
    let recipe = AutoencoderRecipe.wakeSleep
    var config = Config(recipe.settings)
    try config.set("likelihood=squared-error")
    #expect(throws: RecipeError.self) {
      _ = try recipe.make(
        config, data: DatasetSchema(.greyImage, shape: [1, 4, 4], range: 0...1),
        using: Generator(seed: 1))
    }
  }
}
