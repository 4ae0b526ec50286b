import Distributions
import LatentCore
import LatentNN
import Testing
import Torch
import _TestSupport

@testable import Reproductions

@Suite struct GradientEstimatorTests {
  /// The mean of 2,000 estimates is the gradient of the bound in closed form, within five standard
  /// errors of the sum of squares.
  @Test(arguments: GradientEstimator.allCases) func isUnbiased(estimator: GradientEstimator) {
    let generator = Generator(seed: 1)
    let model = LinearGaussianVAE(d: 4, k: 2, using: generator)
    let examples = Tensor.randn([32, 4], using: generator, dtype: .float64)
    let draws = 2000
    let found = GradientMoments(estimator, of: model, on: examples, draws: draws, using: generator)
    let parameters = model.bottleneck.parameters.map(\.parameter.value)
    let bound = model.law.evidenceLowerBound(examples, codes: model.bottleneck(examples)).mean()
    let exact = concatenated(
      gradients(of: [-bound], withRespectTo: parameters).map { $0.flattened() })
    let distance = squared(found.mean - exact).sum().item().squareRoot()
    let error = (found.variance / Double(draws)).squareRoot()
    #expect(distance < 5 * error)
    // Otherwise a gradient of zero would pass.
    #expect(exact.norm().item() > 8 * error)
  }

  @Test func theBaselineLowersTheVarianceOfTheScoreFunction() {
    let generator = Generator(seed: 2)
    let model = LinearGaussianVAE(d: 4, k: 2, using: generator)
    let examples = Tensor.randn([8, 4], using: generator, dtype: .float64)
    let (plain, lowered): (Double, Double) = (
      GradientMoments(.scoreFunction, of: model, on: examples, draws: 500, using: generator)
        .variance,
      GradientMoments(
        .scoreFunctionWithBaseline, of: model, on: examples, draws: 500, using: generator
      ).variance
    )
    #expect(lowered < plain)
  }
}
