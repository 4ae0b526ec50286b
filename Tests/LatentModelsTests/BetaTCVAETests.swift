import Distributions
import LatentCore
import Testing
import Torch
import _TestSupport

@testable import LatentModels

@Suite struct BetaTCVAETests {
  /// x of N(0, I) in `d` dimensions seen through z = A x + s ε: q(z|x) = N(A x, s² I), so q(z) is
  /// N(0, A Aᵀ + s² I) and everything is known.
  struct LinearGaussianCodes {
    let covariance: Tensor
    let posterior: Normal
    let codes: Tensor

    init(count: Int, seed: UInt64) {
      let generator = Generator(seed: seed)
      let map = Tensor([[1.0, 0.8, 0], [0, 0.6, -0.7], [0.3, 0, 0.5]], dtype: .float64)
      let x = Tensor.randn([count, 3], using: generator, dtype: .float64)
      let mean = matmul(x, map.transposed())
      posterior = Normal(mean: mean, standardDeviation: 0.6)
      codes = posterior.sample([], using: generator)
      covariance =
        matmul(map, map.transposed()) + 0.36 * Tensor.eye(3, dtype: .float64)
    }

    /// ½ log(|C|/s^{2d}).
    var mutualInformation: Double {
      0.5 * (LinearAlgebra.logdet(covariance).item() - 3 * log(Tensor(0.36)).item())
    }
    /// ½ (Σ log C_jj − log |C|).
    var totalCorrelation: Double {
      0.5 * (log(covariance.diagonal()).sum() - LinearAlgebra.logdet(covariance)).item()
    }
    /// Σ_j KL(N(0, C_jj) ‖ N(0, 1)).
    var dimensionRate: Double {
      let variances = covariance.diagonal()
      return (0.5 * (variances - log(variances) - 1)).sum().item()
    }
  }

  /// With the whole of the data as the batch, the estimates are those of the true q(z) of many examples.
  @Test func partsAreThoseOfTheClosedForm() {
    let known = LinearGaussianCodes(count: 2000, seed: 1)
    let density = AggregateDensity(
      known.posterior, codes: known.codes, exampleCount: 2000, sampling: .weighted)
    let information = (density.logConditional - density.logJoint).mean().item()
    let correlation = (density.logJoint - density.logMarginals).mean().item()
    // Standard deviations over seeds are below 0.03.
    #expect(abs(information - known.mutualInformation) < 0.1)
    #expect(abs(correlation - known.totalCorrelation) < 0.1)
    let prior = StandardNormal([], dtype: .float64).logProbability(known.codes).sum(dim: -1)
    #expect(abs((density.logMarginals - prior).mean().item() - known.dimensionRate) < 0.1)
  }

  /// E over batches of q̂(z)/q(z) is 1 for the stratified weights.
  @Test func stratifiedWeightsEstimateTheDensityWithoutBias() {
    let (count, batch) = (40, 8)
    let known = LinearGaussianCodes(count: count, seed: 2)
    let all = AggregateDensity(
      known.posterior, codes: known.codes, exampleCount: count, sampling: .weighted)
    let generator = Generator(seed: 5)
    var ratios: [Double] = []
    for _ in 0..<4000 {
      let rows = Tensor.randperm(count, using: generator)[0..<batch]
      let posterior = Normal(
        mean: known.posterior.mean.selected(rows, dim: 0), standardDeviation: 0.6)
      let part = AggregateDensity(
        posterior, codes: known.codes.selected(rows, dim: 0), exampleCount: count,
        sampling: .stratified)
      ratios.append(exp(part.logJoint - all.logJoint.selected(rows, dim: 0)).mean().item())
    }
    let mean = Tensor(ratios, dtype: .float64)
    // Four standard errors of 4000 batches.
    let error = 4 * mean.variance().item().squareRoot() / 4000.0.squareRoot()
    #expect(error < 0.03)
    #expect(abs(mean.mean().item() - 1) < error, "\(mean.mean().item()) ± \(error)")
  }

  @Test func weightsAreThoseOfTheSource() {
    let stratified = exp(
      AggregateDensity.logWeights(batch: 4, exampleCount: 10, sampling: .stratified))
    expectClose(
      stratified.sum(dim: 1), Tensor.ones([4], dtype: .float64), relative: 1e-12, absolute: 0)
    expectClose(
      stratified.diagonal(), Tensor.full([4], 0.1, dtype: .float64), relative: 1e-12, absolute: 0)
    #expect(abs(stratified[3, 0].item() - 7.0 / 30) < 1e-12, "the stratum of the rest")
    let weighted = exp(
      AggregateDensity.logWeights(batch: 4, exampleCount: 10, sampling: .weighted))
    expectClose(
      weighted, Tensor.full([4, 4], 1.0 / 40, dtype: .float64), relative: 1e-12, absolute: 0)
  }

  /// The law of the method: the parts telescope, whatever the estimator, and weights apply to each.
  @Test(arguments: AggregateSampling.allCases)
  func partsAddUpToTheRateAtTheDraw(sampling: AggregateSampling) throws {
    let network = SmallPass.network()
    let pass = SmallPass.pass(network, SmallPass.examples(6), exampleCount: 100, rateWeight: 0.5)
    let terms = DecomposedRate(alpha: 2, beta: 5, gamma: 3, sampling: sampling).terms(pass)
    let codes = pass.draw.codes
    let ratio =
      pass.gaussian.logProbability(codes).sum(dim: -1)
      - StandardNormal([], dtype: .float64).logProbability(codes).sum(dim: -1)
    let parts = ["mutual-information", "total-correlation", "dimension-rate"].map {
      terms.value($0)
    }
    #expect(abs(parts.reduce(0, +) - ratio.mean().item()) < 1e-12)
    let total = try #require(terms.total()).item()
    #expect(abs(total - 0.5 * (2 * parts[0] + 5 * parts[1] + 3 * parts[2])) < 1e-12)
    let penalty = TotalCorrelationPenalty(weight: 4, sampling: sampling).terms(pass)
    #expect(abs(penalty.value("total-correlation") - parts[1]) < 1e-12)
  }
}
