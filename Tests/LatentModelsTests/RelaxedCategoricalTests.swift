import Distributions
import Foundation
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Testing
import Torch
import _TestSupport

@Suite struct RelaxedCategoricalTests {
  static func posterior(
    _ estimator: CategoricalEstimator, temperature: Double = 0.7, seed: UInt64 = 3
  ) -> RelaxedCategoricalPosterior {
    let logits = Tensor.randn([4, 3, 5], using: Generator(seed: seed), dtype: .float64)
    return RelaxedCategoricalPosterior(
      logits: logits, temperature: temperature, estimator: estimator)
  }

  @Test func theTemperatureFallsInStepsToItsEnd() {
    let schedule = TemperatureSchedule(start: 2, end: 0.5, rate: 1e-3, interval: 100)
    #expect(schedule(0) == 2 && schedule(99) == 2)
    #expect(abs(schedule(250) - 2 * exp(-0.2)) < 1e-15)
    #expect(schedule(100_000) == 0.5)
    #expect(TemperatureSchedule(start: 0.8)(12345) == 0.8)
  }

  /// The most probable component of the relaxed draw has the categorical's frequencies.
  @Test(arguments: [0.1, 0.5, 1, 3]) func argmaxFrequencies(temperature: Double) {
    let logits = Tensor([[0.0, 1, -1, 0.5, -2]])
    let draws = 20_000
    let posterior = RelaxedCategoricalPosterior(
      logits: logits.reshaped([1, 1, 5]), temperature: temperature)
    let codes = posterior.draws(draws, stoppingDensity: false, using: Generator(seed: 11)).codes
    let counts = codes.argMax(dim: -1).flattened().binCount(minimumLength: 5)
      .scalars(as: Double.self)
    let expected = (softmax(logits, dim: -1) * Double(draws)).scalars(as: Double.self)
    let statistic = zip(counts, expected).reduce(0) { $0 + pow($1.0 - $1.1, 2) / $1.1 }
    // The 99.9 % quantile of chi squared with four degrees of freedom.
    #expect(statistic < 18.467)
  }

  @Test func estimatorsDrawWhatTheySay() {
    for estimator in CategoricalEstimator.allCases {
      let codes = Self.posterior(estimator).draw(using: Generator(seed: 5)).codes
      #expect(codes.shape == [4, 3, 5])
      expectClose(codes.sum(dim: -1), Tensor.ones([4, 3], dtype: .float64))
      let isOneHot = (codes * (1 - codes)).sum().item() == 0
      #expect(isOneHot == (estimator != .gumbelSoftmax), "\(estimator)")
    }
    let posterior = Self.posterior(.gumbelSoftmax)
    let held = RelaxedCategoricalPosterior(
      logits: posterior.logits, temperature: 0.7, isDiscrete: true)
    let codes = held.draw(using: Generator(seed: 5)).codes
    #expect((codes * (1 - codes)).sum().item() == 0)
  }

  /// Σ q log(q/p), number by number.
  @Test func theRateIsTheCategoricalDivergence() {
    let prior = Tensor.randn([3, 5], using: Generator(seed: 8), dtype: .float64)
    let logits = Self.posterior(.gumbelSoftmax).logits
    for table in [nil, prior] {
      let posterior = RelaxedCategoricalPosterior(
        logits: logits, priorLogits: table, temperature: 1)
      let q = softmax(logits, dim: -1)
      let p = table.map { softmax($0, dim: -1) } ?? Tensor.full([3, 5], 0.2, dtype: .float64)
      expectClose(posterior.rate, (q * log(q / p)).sum(dim: -1), relative: 1e-12, absolute: 1e-12)
      #expect(posterior.draw(using: Generator(seed: 1)).rates[0].isExact)
    }
  }

  /// E over draws of p/q is 1, for one-hot and for relaxed draws.
  @Test(arguments: [CategoricalEstimator.gumbelSoftmax, .scoreFunction])
  func weightsAverageToOne(estimator: CategoricalEstimator) {
    let prior = Tensor.randn([2, 3], using: Generator(seed: 8), dtype: .float64) * 0.5
    let logits = Tensor.randn([1, 2, 3], using: Generator(seed: 9), dtype: .float64) * 0.5
    let posterior = RelaxedCategoricalPosterior(
      logits: logits, priorLogits: prior, temperature: 1, estimator: estimator)
    let draws = posterior.draws(40_000, stoppingDensity: false, using: Generator(seed: 10))
    let weights = exp(draws.logRatio)
    let error = (weights.variance().item() / 40_000).squareRoot()
    #expect(abs(weights.mean().item() - 1) < 5 * error)
    #expect(draws.logRatio.shape == [40_000, 1])
  }

  /// Straight through: the gradient of Σ w z is that of Σ w softmax(l).
  @Test func straightThroughHasTheGradientOfTheProbabilities() {
    let weights = Tensor.randn([4, 3, 5], using: Generator(seed: 2), dtype: .float64)
    let logits = Self.posterior(.straightThrough).logits
    let found = gradient(at: logits) { logits in
      let posterior = RelaxedCategoricalPosterior(
        logits: logits, temperature: 1, estimator: .straightThrough)
      return (weights * posterior.draw(using: Generator(seed: 4)).codes).sum()
    }
    let expected = gradient(at: logits) { (weights * softmax($0, dim: -1)).sum() }
    expectClose(found, expected, relative: 1e-12, absolute: 1e-14)
  }

  @Test func theTemperatureIsABufferThatFollowsTheSteps() throws {
    let schedule = TemperatureSchedule(start: 1, end: 0.1, rate: 0.05)
    func make() -> RelaxedCategoricalBottleneck {
      RelaxedCategoricalBottleneck(
        features: 6, variables: 2, classes: 4, schedule: schedule, learnsPrior: true,
        using: Generator(seed: 1))
    }
    let bottleneck = make()
    for index in 0..<7 {
      bottleneck.afterStep(
        Step(index: index, epoch: 0, exampleCount: 1, generator: Generator(seed: 0)))
    }
    let other = make()
    try other.load(bottleneck.state)
    let features = Tensor.randn([3, 6], using: Generator(seed: 2))
    #expect(abs(other(features).temperature - schedule(7)) < 1e-15)
    #expect(other(features).isDiscrete)
    training(other) { #expect(!other(features).isDiscrete) }
    let codes = other.samplePrior(5, encode: { $0 }, using: Generator(seed: 3))
    #expect(codes.shape == [5, 2, 4] && (codes * (1 - codes)).sum().item() == 0)
  }
}
