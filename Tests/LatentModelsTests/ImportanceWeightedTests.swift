import Datasets
import Distributions
import Foundation
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Testing
import Torch
import _TestSupport

/// Bounds of a network so small that every gradient can be taken in two ways, in float64.
@Suite struct ImportanceWeightedTests {
  static let draws = 6

  static func terms(
    _ objective: any Objective, _ network: Autoencoder, seed: UInt64 = 3, rateWeight: Double = 1
  ) -> Terms {
    let examples = VAEObjectiveTests.examples
    let batch = Batch(examples: examples, indices: Array(0..<examples.size(0)))
    var step = Step(
      index: 0, epoch: 0, exampleCount: batch.count, generator: Generator(seed: seed))
    step.rateWeight = rateWeight
    return objective.terms(Pass(network, batch, step))
  }

  static func logWeights(_ network: Autoencoder, stoppingDensity: Bool = false) -> Tensor {
    network.logWeights(
      VAEObjectiveTests.examples, draws: draws, stoppingDensity: stoppingDensity,
      using: Generator(seed: 3)
    ).values
  }

  static func gradients(_ network: Autoencoder, _ loss: @escaping () -> Tensor) -> Gradients {
    valueAndGradient(of: network) { _ in loss() }.gradients
  }

  static func total(
    _ estimator: ImportanceWeighted.Estimator, _ network: Autoencoder, rateWeight: Double = 1
  ) throws -> Tensor {
    let objective = ImportanceWeighted(draws: draws, estimator: estimator)
    return try #require(terms(objective, network, rateWeight: rateWeight).total())
  }

  /// What is minimised is annealed, what is watched is the bound.
  @Test(arguments: [
    ImportanceWeighted.Estimator.plain, .doublyReparameterised, .partially(bounds: 2),
  ])
  func theWatchedBoundsDoNotDependOnAnnealing(estimator: ImportanceWeighted.Estimator) throws {
    let network = VAEObjectiveTests.network()
    let objective = ImportanceWeighted(draws: Self.draws, estimator: estimator)
    let (whole, annealed) = (
      Self.terms(objective, network), Self.terms(objective, network, rateWeight: 0.25)
    )
    for name in ["iwae", "elbo"] {
      let values = try [whole, annealed].map { try #require($0[name]).value.item() }
      #expect(values[0] == values[1], "\(name)")
    }
    let minimised = [whole, annealed].map { $0.list.filter { $0.role != .watched }[0].value.item() }
    #expect(minimised[0] != minimised[1])
    #expect(annealed.obeyed == .annealing)
  }

  @Test func boundsAreThoseOfTheFormulas() throws {
    let network = VAEObjectiveTests.network()
    let weights = Self.logWeights(network).unbound(dim: 1).map { $0.scalars(as: Double.self) }
    func bound(_ w: ArraySlice<Double>) -> Double { log(w.map(exp).reduce(0, +) / Double(w.count)) }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    let iwae = mean(weights.map { bound($0[...]) })
    let elbo = mean(weights.map { mean($0) })
    let miwae = mean(weights.map { (bound($0[..<3]) + bound($0[3...])) / 2 })
    for (estimator, expected) in [
      (ImportanceWeighted.Estimator.plain, iwae), (.doublyReparameterised, iwae),
      (.multiply(bounds: 2), miwae), (.combined(elboWeight: 0.3), 0.3 * elbo + 0.7 * iwae),
      (.multiply(bounds: Self.draws), elbo), (.combined(elboWeight: 1), elbo),
      (.multiply(bounds: 1), iwae), (.combined(elboWeight: 0), iwae),
    ] {
      let terms = Self.terms(ImportanceWeighted(draws: Self.draws, estimator: estimator), network)
      #expect(abs(try #require(terms.total()).item() + expected) < 1e-12, "\(estimator)")
      #expect(abs(try #require(terms["iwae"]).value.item() - iwae) < 1e-12)
      #expect(abs(try #require(terms["elbo"]).value.item() - elbo) < 1e-12)
      #expect(terms.numbers.map(\.unit) == ["nat", "nat", "nat"])
    }
  }

  /// With the encoder's factors w̃² from the one estimator and all else from the other.
  @Test func doublyReparameterisedInTheEncoderPlainInTheDecoder() throws {
    let network = VAEObjectiveTests.network(seed: 5)
    let found = Self.gradients(network) {
      (try? Self.total(.doublyReparameterised, network)) ?? Tensor(0)
    }
    let encoder = Self.gradients(network) {
      -doublyReparameterizedBound(logWeights: Self.logWeights(network, stoppingDensity: true))
        .value.mean()
    }
    let decoder = Self.gradients(network) {
      -importanceWeightedBound(logWeights: Self.logWeights(network)).value.mean()
    }
    #expect(found.unused.isEmpty && found.entries.count == 8)
    for entry in found.entries {
      let expected = entry.path.hasPrefix("decoder.") ? decoder : encoder
      expectClose(entry.gradient, try #require(expected[entry.path]), entry.path)
    }
  }

  /// Whatever a loss is multiplied by, its gradient is multiplied by.
  @Test func gradientsScaleWithTheLoss() throws {
    let network = VAEObjectiveTests.network(seed: 6)
    let (once, thrice) = try (1...2).map { factor in
      let total = try withGradients { try Self.total(.doublyReparameterised, network) }
      return LatentLearning.gradients(of: (factor == 1 ? 1 : -3) * total, for: network)
    }.pair
    for (a, b) in zip(once.entries, thrice.entries) {
      expectClose(b.gradient, -3 * a.gradient, a.path)
    }
  }

  /// Both estimators have one expectation, the doubly reparameterised one less variance.
  @Test func bothGradientsAgreeOnAverage() throws {
    let network = VAEObjectiveTests.network(seed: 7)
    func sample(_ estimator: ImportanceWeighted.Estimator) throws -> Tensor {
      let objective = ImportanceWeighted(draws: 4, estimator: estimator)
      let rows = (0..<600).map { seed in
        let gradients = Self.gradients(network) {
          Self.terms(objective, network, seed: 1000 + UInt64(seed)).total() ?? Tensor(0)
        }
        return concatenated(
          gradients.entries.filter { !$0.path.hasPrefix("decoder.") }
            .map { $0.gradient.flattened() })
      }
      return stacked(rows)
    }
    let (plain, double) = try (sample(.plain), sample(.doublyReparameterised))
    let error = sqrt((plain.variance(dims: [0]) + double.variance(dims: [0])) / 600)
    let distance = abs(plain.mean(dim: 0) - double.mean(dim: 0)) / (error + 1e-12)
    #expect(distance.max().item() < 4.5, "standard errors")
    #expect(double.variance(dims: [0]).sum().item() < plain.variance(dims: [0]).sum().item())
  }

  @Test func twoPlayersShareTheParametersOfPIWAE() throws {
    let network = VAEObjectiveTests.network(seed: 8)
    let method = VariationalMethod(
      network, objective: ImportanceWeighted(draws: Self.draws, estimator: .partially(bounds: 3)))
    #expect(method.players.map(\.name) == ["encoder", "decoder"])
    for (path, _) in method.model.parameters {
      #expect(method.players.filter { $0.owns(path) }.count == 1, "\(path)")
      #expect(method.players[1].owns(path) == path.hasPrefix("decoder."))
    }
    #expect(method.players[1].owns("bottleneck.prior.means"))
    let terms = Self.terms(method.objective, network)
    let miwae = try Self.total(.multiply(bounds: 3), network)
    let iwae = try Self.total(.plain, network)
    expectClose(try #require(terms.total(for: "encoder")), miwae)
    expectClose(try #require(terms.total(for: "decoder")), iwae)
    #expect(terms.total() == nil)
  }

  @Test func annealingWeighsTheRatioAlone() throws {
    let network = VAEObjectiveTests.network(seed: 9)
    for estimator in [ImportanceWeighted.Estimator.plain, .doublyReparameterised] {
      let none = try Self.total(estimator, network, rateWeight: 0)
      let posterior = network.weighablePosterior(of: VAEObjectiveTests.examples)
      let codes = posterior.draws(Self.draws, stoppingDensity: false, using: Generator(seed: 3))
        .codes
      let likelihood = network.decoder.logLikelihood(VAEObjectiveTests.examples, codes: codes)
      expectClose(none, -importanceWeightedBound(logWeights: likelihood).value.mean())
    }
  }

  @Test(arguments: [
    (["estimator=iwae", "bounds=2"], "recipe iwae expects bounds=1 with estimator=iwae, found 2"),
    (
      ["estimator=miwae", "draws=5", "bounds=2"],
      "recipe iwae expects draws that 2 bounds divide, found 5"
    ),
    (
      ["likelihood=squared-error"],
      "recipe iwae expects a likelihood to weigh draws by, found one measured in sq"
    ),
  ])
  func settingsThatDoNotFitAreRefused(settings: [String], problem: String) throws {
    var config = Config(AutoencoderRecipe.iwae.settings)
    for setting in settings { try config.set(setting) }
    let schema = try DatasetRegistry.open("digits").train.schema
    let error = try #require(throws: RecipeError.self) {
      _ = try AutoencoderRecipe.iwae.make(config, data: schema, using: Generator(seed: 0))
    }
    #expect(error.problem == problem)
  }
}

extension Array {
  /// The first two elements.
  fileprivate var pair: (Element, Element) { (self[0], self[1]) }
}
