import Distributions
import Testing
import Torch
import _TestSupport

/// Draws, log-probabilities, their gradients, entropies and moments stay finite in float32 for
/// parameters far out.
@Suite struct ExtremeParameterTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let parameters: [[Double]]
    let make: @Sendable ([Tensor]) -> any Distribution
    var testDescription: String { name }
  }

  static let small = [1e-3, 1e-2, 1, 1e2, 1e4]
  static let logits = [-1e4, -50, -1e-4, 0, 1e-4, 50, 1e4]

  static let rows: [Row] = [
    Row(name: "Laplace", parameters: [[0, 1e4], [1e-4, 1e4]]) {
      Laplace(location: $0[0], scale: $0[1])
    },
    Row(name: "Logistic", parameters: [[0, 1e4], [1e-4, 1e4]]) {
      Logistic(location: $0[0], scale: $0[1])
    },
    Row(name: "Gumbel", parameters: [[0, 1e4], [1e-4, 1e4]]) {
      Gumbel(location: $0[0], scale: $0[1])
    },
    Row(name: "StudentT", parameters: [[2.5, 1e4], [0, 1e4], [1e-4, 1e4]]) {
      StudentT(degreesOfFreedom: $0[0], location: $0[1], scale: $0[2])
    },
    Row(name: "Gamma", parameters: [small, [1e-2, 1e2, 1, 1e2, 1e-2]]) {
      Gamma(concentration: $0[0], rate: $0[1])
    },
    Row(name: "Beta", parameters: [[0.05, 0.05, 1, 1e3, 1e4], [0.05, 1e3, 1, 0.05, 1e4]]) {
      Beta(alpha: $0[0], beta: $0[1])
    },
    Row(name: "Dirichlet", parameters: [[0.02, 0.02, 1, 1e3]]) { Dirichlet(concentration: $0[0]) },
    Row(name: "ContinuousBernoulli", parameters: [logits]) { ContinuousBernoulli(logits: $0[0]) },
    Row(name: "Bernoulli", parameters: [logits]) { Bernoulli(logits: $0[0]) },
    Row(name: "Categorical", parameters: [logits]) { Categorical(logits: $0[0]) },
    Row(name: "RelaxedOneHotCategorical", parameters: [[-30, 0, 30]]) {
      RelaxedOneHotCategorical(logits: $0[0], temperature: 0.05)
    },
    Row(name: "Poisson", parameters: [[-20, 0, 12]]) { Poisson(logRate: $0[0]) },
    Row(name: "NegativeBinomial", parameters: [[1e-2, 1, 1e4], [-10, 5, -5]]) {
      NegativeBinomial(totalCount: $0[0], logits: $0[1])
    },
    Row(name: "VonMisesFisher", parameters: [[0, 1e-6, 1, 1e3, 1e6]]) {
      VonMisesFisher(meanDirection: Tensor([1.0, 0, 0, 0]), concentration: $0[0])
    },
    Row(name: "VonMisesFisher in 2000 dimensions", parameters: [[0, 1, 1e3, 1e5]]) {
      VonMisesFisher(meanDirection: Tensor.eye(2000)[1], concentration: $0[0])
    },
    Row(name: "WrappedHyperbolicNormal", parameters: [[1e-3, 1], [1e-2, 2]]) {
      WrappedHyperbolicNormal(
        location: Lorentz.expAtOrigin(3 * $0[0]), standardDeviation: $0[1])
    },
    Row(name: "DiscretizedLogisticMixture", parameters: [[-30, 30], [-50, 50], [-7, 7]]) {
      DiscretizedLogisticMixture(
        logits: $0[0], means: $0[1].unsqueezed(dim: 0), logScales: $0[2].unsqueezed(dim: 0))
    },
  ]

  @Test(arguments: rows) func everythingStaysFinite(_ row: Row) throws {
    let inputs = row.parameters.map { Tensor($0) }
    let made = row.make(inputs)
    let x = made.sample([200], using: Generator(seed: 41)).detached()
    #expect(x.isFinite.all().item() == 1, "a draw")
    let found = valueAndGradient(at: inputs) { row.make($0).logProbability(x).sum() }
    #expect(found.value.isFinite.item() == 1, "the log-probability")
    #expect(found.gradients.allSatisfy { $0.isFinite.all().item() == 1 }, "its gradient")
    if let entropy = (made as? any DistributionWithEntropy)?.entropy() {
      #expect(entropy.isFinite.all().item() == 1, "the entropy")
    }
    if let moments = made as? any DistributionWithMoments {
      #expect(moments.mean.isFinite.all().item() == 1, "the mean")
      #expect(moments.variance.min().item() >= 0, "the variance")
    }
    guard made is any ReparameterizedDistribution else { return }
    let slopes = valueAndGradient(at: inputs) {
      row.make($0).sample([200], using: Generator(seed: 42)).sum()
    }.gradients
    #expect(slopes.allSatisfy { $0.isFinite.all().item() == 1 }, "the gradient of a draw")
  }
}
