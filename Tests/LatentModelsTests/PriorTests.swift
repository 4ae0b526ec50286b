import Datasets
import Distributions
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Testing
import Torch
import _TestSupport

@Suite struct PriorTests {
  static let size = 2

  /// Each kind of prior over two numbers in float64, its parameters away from where they start.
  static func prior(_ kind: PriorKind) throws -> (any Prior)? {
    var config = Config(PriorSettings.schema)
    try config.set("prior=\(kind.rawValue)")
    try config.set("prior-components=3")
    try config.set("prior-steps=2")
    let schema = DatasetSchema(.greyImage, shape: [1, 3], range: 0...1)
    let prior = PriorSettings.prior(
      config, size: size, data: schema, using: Generator(seed: 1))
    guard let prior else { return nil }
    prior.to(.float64)
    let noise = Generator(seed: 2)
    var state = prior.state
    for (path, value) in state.sorted(by: { $0.key < $1.key }) {
      state[path] = value + 0.2 * Tensor.randn(value.shape, using: noise, dtype: .float64)
    }
    try prior.load(state)
    return prior
  }

  static func network(_ kind: PriorKind) throws -> Autoencoder {
    let base = VAEObjectiveTests.network(seed: 21)
    let bottleneck = GaussianBottleneck(
      features: VAEObjectiveTests.hidden, size: size, prior: try prior(kind),
      using: Generator(seed: 22)
    ).to(.float64)
    return Autoencoder(encoder: base.encoder, bottleneck: bottleneck, decoder: base.decoder)
  }

  static func distribution(_ network: Autoencoder) throws -> any Distribution {
    let bottleneck = try #require(network.bottleneck as? GaussianBottleneck)
    return try #require(bottleneck.prior).distribution { bottleneck(network.encoder($0)) }
  }

  @Test(arguments: [PriorKind.mixture, .vamp, .flow]) func densitiesSumToOne(
    kind: PriorKind
  ) throws {
    let law = try Self.distribution(try Self.network(kind))
    #expect(law.batchShape.isEmpty && law.eventShape == [2])
    let axis = Tensor.linspace(-12, 12, count: 241, dtype: .float64)
    let grid = stacked(meshgrid([axis, axis]).map { $0.flattened() }, dim: 1)
    let density = withoutGradients { exp(law.logProbability(grid)) * 0.01 }
    #expect(abs(density.sum().item() - 1) < 1e-3, "\(kind)")
    // Two bounded functions of 40,000 draws, on average and by the density.
    let draws = withoutGradients { law.sample([40_000], using: Generator(seed: 5)) }
    for function in [{ sin($0) }, { cos(2 * $0) }] as [(Tensor) -> Tensor] {
      let expected = (density.unsqueezed(dim: 1) * function(grid)).sum(dim: 0)
      let values = function(draws)
      let error = abs(values.mean(dim: 0) - expected) / sqrt(values.variance(dims: [0]) / 40_000)
      #expect(error.max().item() < 4.5, "\(kind)")
    }
  }

  @Test func pseudoExamplesAreExamplesAndTheirPosteriorsThePrior() throws {
    let network = try Self.network(.vamp)
    let bottleneck = try #require(network.bottleneck as? GaussianBottleneck)
    let prior = try #require(bottleneck.prior as? VampPrior)
    let examples = prior.pseudoExamples
    #expect(examples.shape == [3, 1, 3])
    #expect(examples.min().item() > 0 && examples.max().item() < 1)
    let z = Tensor([[0.3, -0.4]], dtype: .float64)
    let each = bottleneck(network.encoder(examples)).logProbability(z).sum(dim: -1)
    let expected = logMeanExp(each, dim: 0).item()
    let found = try Self.distribution(network).logProbability(z).item()
    #expect(abs(found - expected) < 1e-12)
  }

  /// The rate at a draw is log q − log p, what is minimised reaches the prior's parameters, and the doubly
  /// reparameterised gradient leaves the prior its plain one.
  @Test(arguments: [PriorKind.mixture, .vamp, .flow]) func objectivesTrainThePrior(
    kind: PriorKind
  ) throws {
    let network = try Self.network(kind)
    let drawn = network.weighablePosterior(of: VAEObjectiveTests.examples)
    let rate = drawn.draw(using: Generator(seed: 3)).rates[0]
    #expect(!rate.isExact && rate.value.shape == [4])
    let ratio = drawn.draws(1, stoppingDensity: false, using: Generator(seed: 3)).logRatio[0]
    expectClose(rate.value, -ratio)
    let elbo = ImportanceWeightedTests.gradients(network) {
      ImportanceWeightedTests.terms(ELBO(), network).total() ?? Tensor(0)
    }
    #expect(elbo.unused.isEmpty)
    let double = ImportanceWeightedTests.gradients(network) {
      (try? ImportanceWeightedTests.total(.doublyReparameterised, network)) ?? Tensor(0)
    }
    let plain = ImportanceWeightedTests.gradients(network) {
      (try? ImportanceWeightedTests.total(.plain, network)) ?? Tensor(0)
    }
    let ofPrior = double.entries.filter { $0.path.hasPrefix("bottleneck.prior.") }
    #expect(!ofPrior.isEmpty)
    for entry in ofPrior + double.entries.filter({ $0.path.hasPrefix("decoder.") }) {
      expectClose(entry.gradient, try #require(plain[entry.path]), entry.path)
    }
  }

  @Test(arguments: PriorKind.allCases, ["vae", "iwae", "flow-vae"])
  func recipesTakeEachPrior(kind: PriorKind, name: String) throws {
    let recipe = try #require(Recipes.named(name))
    var config = Config(recipe.settings)
    for setting in ["prior=\(kind.rawValue)", "prior-components=4", "hidden=6", "latent=2"] {
      try config.set(setting)
    }
    let splits = try DatasetRegistry.open("digits")
    let method = try #require(
      try recipe.make(config, data: splits.train.schema, using: Generator(seed: 1))
        as? VariationalMethod)
    let batch = try splits.train.batch(Array(0..<16))
    let place = Step(index: 0, epoch: 0, exampleCount: 16, generator: Generator(seed: 2))
    let gradients = valueAndGradient(of: method.model) { _ in
      method.terms(batch, place).total() ?? Tensor(0)
    }.gradients
    #expect(gradients.unused.isEmpty, "\(gradients.unused)")
    #expect(method.sample(3, using: Generator(seed: 3)).shape == [3, 1, 8, 8])
    #expect(method.model.parameters.contains { $0.path.contains("prior.") } == (kind != .standard))
  }
}
