import Distributions
import LatentCore
import LatentLearning
import LatentNN
import Testing
import Torch
import _TestSupport

@testable import LatentModels

@Suite struct CapacityTests {
  @Test func theTargetRisesOnALine() {
    let rate = CapacityRate(from: 2, to: 12, steps: 100)
    #expect([0, 50, 100, 1000].map(rate.capacity) == [2, 7, 12, 12])
    #expect(CapacityRate(from: 2, to: 12, steps: 0).capacity(at: 0) == 12)
  }

  @Test func theGapIsTheDistanceOfTheRate() throws {
    let network = SmallPass.network()
    let examples = SmallPass.examples(6)
    let rate = ELBO().terms(SmallPass.pass(network, examples)).value("rate")
    for (index, target) in [(0, 0.0), (50, 5), (100, 10)] {
      let terms = CapacityRate(gamma: 7, to: 10, steps: 100).terms(
        SmallPass.pass(network, examples, index: index))
      #expect(abs(terms.value("rate") - rate) < 1e-12)
      #expect(abs(terms.value("capacity") - target) < 1e-6)
      let total = try #require(terms.total()).item()
      #expect(abs(total - 7 * Swift.abs(rate - target)) < 1e-9)
    }
  }
}

@Suite struct DIPVAETests {
  /// The covariance written out, number by number.
  static func covariance(_ posterior: Normal, _ variant: DIPVariant) -> [[Double]] {
    let means = (0..<posterior.mean.size(0)).map { posterior.mean[$0].scalars(as: Double.self) }
    let variances = (0..<means.count).map { posterior.variance[$0].scalars(as: Double.self) }
    let n = Double(means.count)
    let d = means[0].count
    let centre = (0..<d).map { axis in means.reduce(0) { $0 + $1[axis] } / n }
    return (0..<d).map { i in
      (0..<d).map { j in
        let cross = means.reduce(0) { $0 + ($1[i] - centre[i]) * ($1[j] - centre[j]) } / n
        let spread = variances.reduce(0) { $0 + $1[i] } / n
        return cross + (i == j && variant == .ii ? spread : 0)
      }
    }
  }

  @Test(arguments: DIPVariant.allCases) func penaltiesAreThoseOfTheFormula(variant: DIPVariant)
    throws
  {
    let pass = SmallPass.pass(SmallPass.network(latent: 3), SmallPass.examples(9))
    let terms = DisentangledInferredPrior(variant, offDiagonal: 2, diagonal: 5).terms(pass)
    let c = Self.covariance(pass.gaussian, variant)
    var (crossed, own) = (0.0, 0.0)
    for i in 0..<3 {
      for j in 0..<3 where i != j { crossed += c[i][j] * c[i][j] }
      own += (c[i][i] - 1) * (c[i][i] - 1)
    }
    #expect(abs(terms.value("dip-off-diagonal") - crossed) < 1e-12)
    #expect(abs(terms.value("dip-diagonal") - own) < 1e-12)
    let total = try #require(terms.total()).item()
    #expect(abs(total - (2 * crossed + 5 * own)) < 1e-12)
  }

  @Test func weightsAreThoseOfTheSourceByDefault() {
    #expect(DisentangledInferredPrior(.i, offDiagonal: 3).diagonal == 30)
    #expect(DisentangledInferredPrior(.ii, offDiagonal: 3).diagonal == 3)
  }
}

@Suite struct FactorVAETests {
  @Test func permutingKeepsEachDimensionAndBreaksTheirTies() {
    let column = Tensor.linspace(0, 3999, count: 4000).unsqueezed(dim: 1)
    let codes = concatenated([column, column], dim: 1)
    let permuted = permutedDimensions(codes, using: Generator(seed: 1))
    for axis in 0..<2 {
      expectClose(
        permuted[.all, axis].sorted().values, column.squeezed(dim: 1), relative: 0, absolute: 0)
    }
    // The correlation of 4000 independent pairs has a standard deviation of 0.016.
    #expect(Swift.abs(permuted.transposed().correlation()[0, 1].item()) < 0.07)
  }

  /// A critic that has converged gives the total correlation: ½ log 1/(1 − ρ²) for two Gaussian numbers.
  @Test func theCriticLearnsTheDensityRatio() {
    let rho = 0.8
    let generator = Generator(seed: 2)
    let critic = CodeCritic(size: 2, hidden: [64, 64], using: generator)
    func codes(_ count: Int) -> Tensor {
      let noise = Tensor.randn([count, 2], using: generator)
      let second = rho * noise[.all, 0] + (1 - rho * rho).squareRoot() * noise[.all, 1]
      return stacked([noise[.all, 0], second], dim: 1)
    }
    let optimizer = Optimizer(Adam(), for: critic, learningRate: 2e-3)
    let penalty = AdversarialTotalCorrelation(gamma: 1, critic: critic)
    func terms(_ codes: Tensor) -> Terms {
      var terms = Terms()
      penalty.add(codes, to: &terms, using: generator)
      return terms
    }
    for _ in 0..<600 {
      let batch = codes(512)
      let gradients = valueAndGradient(of: critic) { _ in
        terms(batch).total(for: Terms.critic) ?? Tensor(0)
      }.gradients
      optimizer.update(with: gradients)
    }
    let found = withoutGradients { terms(codes(20_000)) }.value("total-correlation")
    let truth = -0.5 * log(Tensor(1 - rho * rho, dtype: .float64)).item()
    #expect(Swift.abs(found - truth) < 0.1, "\(found) for \(truth)")
  }

  @Test func eachPlayerHasItsTerms() throws {
    let critic = CodeCritic(size: 2, hidden: [3], using: Generator(seed: 1)).to(.float64)
    let objective = ELBO() + AdversarialTotalCorrelation(gamma: 4, critic: critic, criticRate: 0.5)
    let terms = objective.terms(SmallPass.pass(SmallPass.network(), SmallPass.examples(6)))
    let total = try #require(terms.total()).item()
    let expected =
      terms.value("distortion") + terms.value("rate") + 4 * terms.value("total-correlation")
    #expect(abs(total - expected) < 1e-9)
    let played = try #require(terms.total(for: Terms.critic)).item()
    #expect(played == terms.value("critic-loss"))
    let method = VariationalMethod(SmallPass.network(), objective: objective)
    #expect(method.players.map(\.rateFactor) == [1, 0.5])
    #expect(method.model.parameters.filter { method.players[1].owns($0.path) }.count == 4)
  }
}
