import Datasets
import Distributions
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Testing
import Torch
import _TestSupport

@Suite struct ConditionalTests {
  static func network(hasConditionalPrior: Bool) -> ConditionalAutoencoder {
    let base = VAEObjectiveTests.network(seed: 31)
    let generator = Generator(seed: 32)
    let bottleneck = ConditionalBottleneck(
      features: VAEObjectiveTests.hidden, size: 2, conditions: 3,
      hasConditionalPrior: hasConditionalPrior, using: generator)
    let decoder = NetworkDecoder(
      denseDecoder(5, hidden: [4], outputs: 3, using: generator),
      likelihood: BernoulliLikelihood(binarisation: .none), exampleShape: [1, 3])
    return ConditionalAutoencoder(
      encoder: base.encoder, bottleneck: bottleneck, decoder: decoder
    ).to(.float64)
  }

  static func conditions(_ labels: [Int]) -> Tensor {
    Tensor(labels).oneHot(classes: 3).to(.float64)
  }

  /// The condition reaches posterior, prior and decoder; draws are weighed by p(z|c) p(x|z, c)/q(z|x, c).
  @Test(arguments: [false, true]) func weightsAreThoseOfTheDensities(
    hasConditionalPrior: Bool
  ) throws {
    let network = Self.network(hasConditionalPrior: hasConditionalPrior)
    let examples = VAEObjectiveTests.examples
    let first = network.under(Self.conditions([0, 0, 1, 2]))
    let second = network.under(Self.conditions([1, 2, 2, 0]))
    let weights = first.logWeights(examples, draws: 3, using: Generator(seed: 1))
    #expect(weights.codes.shape == [3, 4, 5] && weights.values.shape == [3, 4])
    expectClose(weights.codes[0, .all, 2...], Self.conditions([0, 0, 1, 2]))
    let other = second.logWeights(examples, draws: 3, using: Generator(seed: 1))
    #expect(abs(weights.values - other.values).min().item() > 1e-6)
    let stopped = first.logWeights(
      examples, draws: 3, stoppingDensity: true, using: Generator(seed: 1))
    expectClose(stopped.values, weights.values)
    #expect(
      first.posterior(of: examples).draw(using: Generator(seed: 2)).rates[0].isExact
        != hasConditionalPrior)
  }

  @Test func theScoreIsTheMixtureOverLabels() throws {
    let network = Self.network(hasConditionalPrior: true)
    let method = LabelConditionalVAE(
      network, objective: ELBO(), conditionNames: ["a", "b", "c"])
    let examples = VAEObjectiveTests.examples
    let generator = Generator(seed: 5)
    let each = (0..<3).map { label in
      network.under(Self.conditions([label, label, label, label]))
        .logWeights(examples, draws: 1, using: generator).values[0]
    }
    expectClose(
      method.score(examples, using: Generator(seed: 5)), logMeanExp(stacked(each), dim: 0))
    let drawn = method.sample(conditions: Tensor([2, 2, 0]), using: Generator(seed: 6))
    #expect(drawn.shape == [3, 1, 3])
    expectClose(
      method.sample(3, using: Generator(seed: 6)),
      method.sample(conditions: Tensor([0, 1, 2]), using: Generator(seed: 6)))
  }

  @Test func dataWithoutLabelsAreRefused() throws {
    let recipe = ConditionalVAERecipe()
    let error = try #require(throws: RecipeError.self) {
      _ = try recipe.make(
        Config(recipe.settings), data: DatasetSchema(.vector, shape: [3], range: 0...1),
        using: Generator(seed: 0))
    }
    #expect(
      error.problem == "recipe cvae expects examples with labels, found vector of shape [3] without"
    )
  }
}

@Suite struct HierarchyTests {
  static func network(topDeviation: Double?) -> Autoencoder {
    let base = VAEObjectiveTests.network(seed: 41)
    let bottleneck = HierarchicalBottleneck(
      features: VAEObjectiveTests.hidden, size: 2, top: 1, hidden: [5],
      topDeviation: topDeviation, using: Generator(seed: 42)
    ).to(.float64)
    return Autoencoder(encoder: base.encoder, bottleneck: bottleneck, decoder: base.decoder)
  }

  /// One draw's rates are on average those of many weighed draws.
  @Test(arguments: [nil, 0.7]) func ratesAreTheExpectedLogRatio(deviation: Double?) {
    let posterior = Self.network(topDeviation: deviation)
      .weighablePosterior(of: VAEObjectiveTests.examples)
    let count = 800
    let (ratios, rates) = withoutGradients {
      let drawn = posterior.draws(count, stoppingDensity: false, using: Generator(seed: 1))
      let generator = Generator(seed: 2)
      let rates = (0..<count).map { _ in
        posterior.draw(using: generator).rates.reduce(Tensor(0)) { $0 + $1.perExample }
      }
      return (-drawn.logRatio, stacked(rates))
    }
    #expect(ratios.shape == rates.shape)
    let error = sqrt((ratios.variance(dims: [0]) + rates.variance(dims: [0])) / Double(count))
    let distance = abs(ratios.mean(dim: 0) - rates.mean(dim: 0)) / error
    #expect(distance.max().item() < 4.5, "standard errors")
  }

  @Test func codesOfThePriorAreThoseThatItWeighs() throws {
    let network = Self.network(topDeviation: nil)
    let codes = withoutGradients { network.samplePrior(20_000, using: Generator(seed: 3)) }
    #expect(codes.shape == [20_000, 2])
    // The mean of a bounded function with z₂ integrated out on a grid.
    let expected = try withoutGradients {
      let top = Tensor.linspace(-8, 8, count: 321, dtype: .float64).unsqueezed(dim: 1)
      let law = try #require(network.bottleneck as? HierarchicalBottleneck).conditional(top)
      let weights = exp(-0.5 * squared(top)) * (0.05 / (2 * Double.pi).squareRoot())
      // E sin z of a normal distribution.
      return (weights * exp(-0.5 * law.variance) * sin(law.mean)).sum(dim: 0)
    }
    let values = sin(codes)
    let error = abs(values.mean(dim: 0) - expected) / sqrt(values.variance(dims: [0]) / 20_000)
    #expect(error.max().item() < 4.5)
  }

  /// The generative level keeps its plain gradient under the doubly reparameterised estimator.
  @Test func doublyReparameterisedOverTwoLevels() throws {
    let network = Self.network(topDeviation: nil)
    let double = ImportanceWeightedTests.gradients(network) {
      (try? ImportanceWeightedTests.total(.doublyReparameterised, network)) ?? Tensor(0)
    }
    let plain = ImportanceWeightedTests.gradients(network) {
      (try? ImportanceWeightedTests.total(.plain, network)) ?? Tensor(0)
    }
    let generative = double.entries.filter { $0.path.hasPrefix("bottleneck.generation.") }
    #expect(generative.count == 4)
    for entry in generative {
      expectClose(entry.gradient, try #require(plain[entry.path]), entry.path)
    }
  }
}
