import Distributions
import Foundation
import Testing
import Torch
import _TestSupport

@Suite struct DiscretizedLogisticMixtureTests {
  @Test func probabilitiesOfAllLevelsSumToOne() {
    let g = Generator(seed: 71)
    let law = DiscretizedLogisticMixture(
      logits: .randn([2, 3], using: g), means: .randn([2, 1, 3], using: g),
      logScales: Tensor.randn([2, 1, 3], using: g) - 4)
    let levels = Tensor.arange(256, dtype: .float32) / 127.5 - 1
    let total = exp(law.logProbability(levels.reshaped([256, 1, 1]))).sum(dim: 0)
    expectClose(total, .ones([2]), relative: 1e-4)
  }

  @Test func probabilitiesOfAllSequentialPixelsSumToOne() {
    let g = Generator(seed: 72)
    func random(_ shape: [Int]) -> Tensor { .randn(shape, using: g, dtype: .float64) }
    let law = DiscretizedLogisticMixture(
      logits: random([3]), means: random([3, 3]), logScales: random([3, 3]) - 1,
      coefficients: random([3, 3]), levels: 5)
    let axis = Tensor.arange(5, dtype: .float64) / 2 - 1
    let pixels = stacked(meshgrid([axis, axis, axis]), dim: -1)
    expectClose(exp(law.logProbability(pixels)).sum(), Tensor(1.0, dtype: .float64))
  }

  @Test func networkOutputsAreReadAsDocumented() {
    let output = Tensor.randn([2, 4, 4, 50], using: Generator(seed: 73))
    let colour = DiscretizedLogisticMixture(output: output, channels: 3, sequential: true)
    #expect(colour.batchShape == [2, 4, 4])
    #expect(colour.logits.shape == [2, 4, 4, 5])
    expectClose(colour.means[.ellipsis, 1, .all], output[.ellipsis, 20..<25])
    let x = colour.independent(2).sample(using: Generator(seed: 74))
    #expect(x.shape == [2, 4, 4, 3])
    #expect(colour.independent(2).logProbability(x).shape == [2])
    let grey = DiscretizedLogisticMixture(
      output: output[.ellipsis, 0..<30], channels: 1, sequential: false)
    #expect(grey.logits.shape == [2, 4, 4, 10])
  }

  @Test func mapsFarFromTheMeanKeepTheirGradients() {
    let mean = Tensor.full([1, 1, 1], 0.9)
    let slope = gradient(at: mean) {
      DiscretizedLogisticMixture(
        logits: .zeros([1, 1]), means: $0, logScales: .full([1, 1, 1], -7)
      ).logProbability(Tensor([[-0.5]])).sum()
    }
    // One unit of mean costs 1/s nats, far beyond where the mass underflows.
    expectClose(slope, .full([1, 1, 1], -1096.6332), relative: 1e-3)
  }

  /// A component as wide as training may make it: the mass of an inner level falls as 1/s, that of
  /// an edge stays a half.
  @Test(arguments: [20.0, 87, 100, 200]) func scalesBeyondAllWidthKeepTheirGradients(
    logScale: Double
  ) {
    for (level, slope) in [(-1.0, 0.0), (1, 0), (1 / 255.0, -1)] {
      let found = valueAndGradient(at: [Tensor.full([1, 1, 1], logScale)]) {
        DiscretizedLogisticMixture(
          logits: .zeros([1, 1]), means: .zeros([1, 1, 1]), logScales: $0[0]
        )
        .logProbability(Tensor([level]).reshaped([1, 1])).sum()
      }
      let expected = slope == 0 ? log(0.5) : log(2 / 255) - logScale - 2 * log(2)
      expectClose(found.value, Tensor(expected), relative: 1e-5)
      expectClose(found.gradients[0], .full([1, 1, 1], slope), absolute: 1e-6)
    }
  }
}

@Suite struct RelaxedOneHotTests {
  @Test func straightThroughDrawsAreOneHotWithSoftGradients() {
    let logits = Tensor.randn([6, 4], using: Generator(seed: 81), dtype: .float64)
    let weights = Tensor.randn([4], using: Generator(seed: 82), dtype: .float64)
    func law(_ logits: Tensor) -> RelaxedOneHotCategorical {
      RelaxedOneHotCategorical(logits: logits, temperature: 0.5)
    }
    let hard = law(logits).sampleStraightThrough([3], using: Generator(seed: 83))
    #expect(Constraint.oneHot.contains(hard).all().item() == 1)
    let soft = law(logits).sample([3], using: Generator(seed: 83))
    #expect(hard.argMax(dim: -1).isEqual(to: soft.argMax(dim: -1)))
    let found = gradient(at: logits) {
      (weights * law($0).sampleStraightThrough([3], using: Generator(seed: 83))).sum()
    }
    let expected = gradient(at: logits) {
      (weights * law($0).sample([3], using: Generator(seed: 83))).sum()
    }
    expectClose(found, expected)
  }

  @Test func theLargestComponentFollowsTheCategoricalLaw() {
    let law = RelaxedOneHotCategorical(logits: Tensor([0.0, 1.0, -1.0]), temperature: 2)
    let hard = law.sampleStraightThrough([20000], using: Generator(seed: 84))
    expectMean(of: hard, is: law.limit.mean, "classes")
  }
}

@Suite struct MixtureTests {
  @Test func componentsMayBeSharedByTheBatch() {
    let components = Normal(
      mean: Tensor([-3.0, 0, 3], dtype: .float64), logVariance: .zeros([3], dtype: .float64))
    let logits = Tensor.randn([4, 3], using: Generator(seed: 91), dtype: .float64)
    let shared = MixtureSameFamily(mixing: Categorical(logits: logits), components: components)
    #expect(shared.batchShape == [4])
    let x = shared.sample([20000], using: Generator(seed: 92))
    #expect(x.shape == [20000, 4])
    expectMean(of: x, is: shared.mean, "mean")
    // Draws of different members must not share their noise.
    let spread = x - x.mean(dim: 0)
    expectMean(
      of: spread[.all, 0] * spread[.all, 1], is: Tensor(0.0, dtype: .float64), "covariance")
    expectClose(exp(shared.componentPosterior(x)).sum(dim: -1), .ones([20000, 4], dtype: .float64))
  }
}

@Suite struct MultivariateNormalTests {
  @Test func factorCovarianceAndPrecisionAreOneLaw() {
    let g = Generator(seed: 93)
    let a = Tensor.randn([2, 3, 3], using: g, dtype: .float64)
    let covariance = matmul(a, a.transposed()) + Tensor.eye(3, dtype: .float64)
    let mean = Tensor.randn([2, 3], using: g, dtype: .float64)
    let x = Tensor.randn([5, 2, 3], using: g, dtype: .float64)
    let one = MultivariateNormal(mean: mean, covariance: covariance)
    let two = MultivariateNormal(mean: mean, precision: LinearAlgebra.inverse(covariance))
    expectClose(one.covariance, covariance)
    expectClose(two.scaleFactor, one.scaleFactor, relative: 1e-8, absolute: 1e-9)
    expectClose(two.logProbability(x), one.logProbability(x), relative: 1e-8)
  }

  @Test func lowRankEqualsFull() throws {
    let golden = try Case.goldenFile()
    let row = try Case.named("lowRank")
    let made = try #require(try row.distribution(golden) as? LowRankMultivariateNormal)
    let full = MultivariateNormal(mean: made.mean, covariance: made.covariance)
    let x = made.sample([9], using: Generator(seed: 94))
    expectClose(made.logProbability(x), full.logProbability(x), relative: 1e-9)
    expectClose(made.entropy(), full.entropy(), relative: 1e-9)
  }
}
