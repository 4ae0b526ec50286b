import Datasets
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Testing
import Torch
import _TestSupport

@Suite(.serialized) struct VAERecipeTests {
  static func method(
    _ settings: String..., schema: DatasetSchema? = nil, seed: UInt64 = 0
  ) throws -> VariationalMethod {
    var config = Config(AutoencoderRecipe.vae.settings)
    for setting in settings { try config.set(setting) }
    let made = try AutoencoderRecipe.vae.make(
      config, data: schema ?? DatasetRegistry.open("digits").train.schema,
      using: Generator(seed: seed))
    return try #require(made as? VariationalMethod)
  }

  static func step(
    _ method: VariationalMethod, _ batch: Batch, _ optimizer: Optimizer, seed: UInt64
  ) {
    let place = Step(index: 0, epoch: 0, exampleCount: 4, generator: Generator(seed: seed))
    let gradients = valueAndGradient(of: method.autoencoder) { _ in
      method.terms(batch, place).total() ?? Tensor(0)
    }.gradients
    optimizer.update(with: gradients)
  }

  @Test func settingsMakeTheNetwork() throws {
    let method = try Self.method("hidden=30,20", "latent=5", "beta=2", "binarise=threshold")
    #expect((method.objective as? ELBO)?.beta == 2)
    let decoder = try #require(method.autoencoder.decoder as? NetworkDecoder)
    let likelihood = try #require(decoder.likelihood as? BernoulliLikelihood)
    #expect(likelihood.binarisation == .threshold)
    #expect(method.codeShape == [5])
    let shapes = method.model.parameters.map { $0.1.shape }
    #expect(
      shapes == [
        [30, 64], [30], [20, 30], [20], [10, 20], [10], [20, 5], [20], [30, 20], [30], [64, 30],
        [64],
      ])
  }

  @Test(arguments: [
    (
      DatasetSchema(.vector, shape: [2], range: -3...4.5),
      "vector of shape [2] with values from -3.0 to 4.5"
    ),
    (DatasetSchema(.vector, shape: [2]), "vector of shape [2] with values of no known range"),
    (
      DatasetSchema(.greyImage, shape: [1, 8, 8], range: 0...255),
      "greyImage of shape [1, 8, 8] with values from 0.0 to 255.0"
    ),
  ])
  func otherDataAreRefused(schema: DatasetSchema, found: String) throws {
    let error = try #require(throws: RecipeError.self) { try Self.method(schema: schema) }
    #expect(error.problem == "recipe vae expects values from 0 to 1, found \(found)")
    #expect(
      error.remedy == "train on images, scale the values to 0 … 1 first, or set likelihood=gaussian"
    )
  }

  @Test func binarisation() {
    let grey = Tensor([[0.0, 0.25, 0.5, 0.75, 1]])
    let threshold = Binarisation.threshold(grey, using: Generator(seed: 1))
    #expect(threshold.scalars(as: Double.self) == [0, 0, 0, 1, 1])
    #expect(
      Binarisation.none(grey, using: Generator(seed: 1)).scalars(as: Double.self) == [
        0, 0.25, 0.5, 0.75, 1,
      ])
    let many = Binarisation.dynamic(
      Tensor.full([20_000], 0.25), using: Generator(seed: 1))
    // The mean of 20,000 draws has a standard deviation of 0.0031.
    #expect(abs(many.mean().item() - 0.25) < 0.0155)
    #expect((many * (1 - many)).sum().item() == 0)
  }

  @Test func itTrainsSavesLoadsAndDoesAllItSays() throws {
    let splits = try DatasetRegistry.open("digits")
    let batch = try splits.train.batch(Array(0..<256))
    let method = try Self.method("hidden=32", "latent=3")
    let optimizer = Optimizer(Adam(), for: method.autoencoder, learningRate: 0.01)
    func bound() -> Double {
      withoutGradients { method.score(batch.examples, using: Generator(seed: 9)).mean().item() }
    }
    let before = bound()
    for seed in UInt64(0)..<30 { Self.step(method, batch, optimizer, seed: seed) }
    #expect(bound() > before + 10, "from \(before) to \(bound()) nats")

    let other = try Self.method("hidden=32", "latent=3", seed: 1)
    try other.autoencoder.load(method.autoencoder.state)
    let examples = batch.examples[0..<7]
    for (a, b) in [
      (method.encode(examples), other.encode(examples)),
      (method.reconstruct(examples), other.reconstruct(examples)),
      (method.sample(5, using: Generator(seed: 2)), other.sample(5, using: Generator(seed: 2))),
    ] {
      expectClose(a, b, relative: 0, absolute: 0)
    }
    #expect(method.encode(examples).shape == [7, 3])
    let pictures = method.sample(5, using: Generator(seed: 2))
    #expect(pictures.shape == [5, 1, 8, 8])
    #expect(pictures.min().item() >= 0 && pictures.max().item() <= 1)
    expectClose(
      method.reconstruct(examples), method.decode(method.encode(examples)), relative: 0, absolute: 0
    )
  }

  /// The score of each example is what the objective's terms are the mean of.
  @Test func scoresAndTermsAreTheSameBound() throws {
    let batch = try DatasetRegistry.open("digits").train.batch(Array(0..<64))
    let method = try Self.method("hidden=16", "latent=3")
    let place = Step(index: 0, epoch: 0, exampleCount: 64, generator: Generator(seed: 6))
    let elbo = try #require(method.terms(batch, place)["elbo"]).value.item()
    let scores = withoutGradients { method.score(batch.examples, using: Generator(seed: 6)) }
    #expect(scores.shape == [64])
    #expect(abs(scores.mean().item() - elbo) < 1e-4)
  }

  @Test func aTrainingStepLeavesNoTensors() throws {
    let batch = try DatasetRegistry.open("digits").train.batch(Array(0..<32))
    let method = try Self.method("hidden=8", "latent=2")
    let optimizer = Optimizer(Adam(), for: method.autoencoder, learningRate: 0.01)
    Self.step(method, batch, optimizer, seed: 0)
    expectNoTensorLeaks { Self.step(method, batch, optimizer, seed: 1) }
  }
}
