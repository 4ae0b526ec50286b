import Distributions
import LatentCore
import LatentModels
import LatentNN
import Testing
import Torch
import _TestSupport

/// Formulas of diffusion against closed forms, in float64.
@Suite struct DiffusionTests {
  static var mixture: NoisedMixture {
    NoisedMixture(
      weights: Tensor([0.5, 0.3, 0.2], dtype: .float64),
      means: Tensor([[-1.0, 0.5], [1.0, 0.0], [0.0, -1.0]], dtype: .float64),
      deviations: Tensor([0.3, 0.2, 0.4], dtype: .float64))
  }

  static func randn(_ shape: [Int], seed: UInt64 = 1) -> Tensor {
    Tensor.randn(shape, using: Generator(seed: seed), dtype: .float64)
  }

  static func level(_ logSNR: Double) -> NoiseLevel {
    NoiseLevel(logSNR: Tensor(logSNR, dtype: .float64))
  }

  static func schedules() -> [any NoiseSchedule] {
    let learned = LearnedSchedule(cleanest: 8, noisiest: -6, using: Generator(seed: 4))
    learned.to(.float64)
    return [
      LinearSchedule(), CosineSchedule(cleanest: 8, noisiest: -6),
      LogLinearSchedule(cleanest: 8, noisiest: -6), learned,
    ]
  }

  @Test func schedulesFallAndKnowTheirSlope() {
    let (times, h) = (Tensor.linspace(0.05, 0.95, count: 19, dtype: .float64), 1e-6)
    for schedule in Self.schedules() {
      let slope = withoutGradients { schedule.slope(times) }
      let difference = withoutGradients {
        (schedule.logSNR(times + h) - schedule.logSNR(times - h)) / (2 * h)
      }
      #expect((slope .< 0).all().item() == 1)
      expectClose(difference, slope, relative: 1e-6, "\(type(of: schedule))")
    }
    for schedule in Self.schedules().dropFirst() {
      let ends = withoutGradients { schedule.levels(2, dtype: .float64) }
      expectClose(ends, Tensor([8.0, -6.0], dtype: .float64), absolute: 1e-5)
    }
  }

  /// α² of DDPM: the product of 1 − β over 1000 even β from 1e-4 to 0.02.
  @Test func linearScheduleIsThatOfDDPM() {
    let beta = Tensor.linspace(1e-4, 0.02, count: 1000, dtype: .float64)
    let product = (1 - beta).cumulativeProduct(dim: 0)
    let ours = sigmoid(LinearSchedule().levels(1000, dtype: .float64))
    #expect(abs(ours - product).max().item() < 3e-3)
    #expect(abs(log(product[0] / (1 - product[0])).item() - 9.1) < 0.15)
  }

  @Test func transitionsComposeAndBayesRuleHolds() {
    let (x, seen, s, t) = (
      Self.randn([5, 2]), Self.randn([5, 2], seed: 2), Self.level(2), Self.level(-1)
    )
    let (early, late) = (s.marginal(of: x), t.marginal(of: x))
    let through = t.transition(from: s, early.mean)
    expectClose(through.mean, late.mean)
    let gain = squared(t.alpha / s.alpha)
    expectClose(through.variance + gain * early.variance, late.variance)
    let between = Self.randn([5, 2], seed: 3)
    let back = t.posterior(at: s, noised: seen, example: x).logProbability(between)
    let forward = t.transition(from: s, between).logProbability(seen)
    expectClose(
      back + late.logProbability(seen), forward + early.logProbability(between), absolute: 1e-8)
  }

  @Test func targetsInterconvert() {
    let (x, noise, level) = (Self.randn([6, 3]), Self.randn([6, 3], seed: 2), Self.level(0.7))
    let noised = level.noised(x, noise)
    for target in DiffusionTarget.allCases {
      let first = DiffusionPrediction(noise, of: .noise, noised: noised, at: level)
      let told = DiffusionPrediction(first[target], of: target, noised: noised, at: level)
      expectClose(told.example, x)
      expectClose(told.noise, noise)
      for other in DiffusionTarget.allCases { expectClose(told[other], first[other]) }
    }
    let far = DiffusionPrediction(3 * x, of: .example, noised: noised, at: level)
    #expect(far.clamped(to: -1...1).example.max().item() <= 1)
  }

  @Test func scoreAndPosteriorMeanOfAMixtureObeyTweedie() {
    let (noised, level) = (Self.randn([20, 2]), Self.level(0.5))
    let score = gradient(at: noised) { Self.mixture.logProbability($0, at: level).sum() }
    let prediction = DiffusionPrediction(score, of: .score, noised: noised, at: level)
    expectClose(prediction.example, Self.mixture.denoise(noised, at: level).example)
  }

  @Test func aStepOfTheBoundIsADivergence() {
    let (x, noise) = (Self.randn([4, 2]), Self.randn([4, 2], seed: 2))
    let (s, t) = (Self.level(1.2), Self.level(0.3))
    let prediction = Self.mixture.denoise(t.noised(x, noise), at: t)
    let truth = t.posterior(at: s, noised: prediction.noised, example: x)
    let model = t.posterior(at: s, noised: prediction.noised, example: prediction.example)
    expectClose(
      DiffusionBound.step(noise: noise, prediction, to: s),
      truth.klDivergence(to: model).sum(dim: 1))
  }

  /// Many small steps of the bound are its integrand.
  @Test func stepsBecomeTheIntegrand() {
    let (x, noise, t) = (Self.randn([4, 2]), Self.randn([4, 2], seed: 2), Self.level(0.3))
    let prediction = Self.mixture.denoise(t.noised(x, noise), at: t)
    let h = 1e-5
    let step = DiffusionBound.step(noise: noise, prediction, to: Self.level(0.3 + 3 * h)) / h
    let rate = DiffusionBound.rate(
      noise: noise, prediction, slope: Tensor(-3, dtype: .float64))
    expectClose(step, rate, relative: 1e-4)
  }

  /// Given x₁, the probabilities of all levels sum to one.
  @Test(arguments: [9.0, 2.0, -1.0]) func levelsAreADistribution(logSNR: Double) {
    let level = Self.level(logSNR)
    let values = Tensor.linspace(-1, 1, count: 16, dtype: .float64).unsqueezed(dim: 1)
    let seen = Tensor([0.31], dtype: .float64)
    let noise = (seen - values) * exp(0.5 * level.logSNR)
    let cost = DiffusionReconstruction.levels(16).cost(values, noise: noise, at: level)
    #expect(Swift.abs(exp(-cost).sum().item() - 1) < 1e-9)
  }

  @Test func guidanceOfWeightOneIsTheConditionalScore() {
    let (noised, level) = (Self.randn([10, 2]), Self.level(0))
    let some = Self.mixture.keeping([0, 2])
    let expected = gradient(at: noised) { some.logProbability($0, at: level).sum() }
    let free = some.denoise(noised, at: level)
    let plain = Self.mixture.denoise(noised, at: level)
    expectClose(free.guided(from: plain, weight: 1).score, expected)
    expectClose(free.guided(from: plain, weight: 0).score, plain.score)
    expectClose(free.guided(from: plain, weight: 3).score, 3 * expected - 2 * plain.score)
    let steered = classifierGuided(Self.mixture.denoise) {
      Self.mixture.logResponsibility(of: [0, 2], $0, at: $1)
    }
    expectClose(steered(noised, level).score, expected)
  }

  @Test func implicitSamplingWithFullNoiseIsAncestral() {
    let (x, noise) = (Self.randn([4, 2]), Self.randn([4, 2], seed: 2))
    let (s, t) = (Self.level(1.2), Self.level(0.3))
    let prediction = Self.mixture.denoise(t.noised(x, noise), at: t)
    let one = DDIMSampler(eta: 1).step(prediction, to: s, using: Generator(seed: 5))
    let other = DDPMSampler().step(prediction, to: s, using: Generator(seed: 5))
    expectClose(one, other)
    let wide = DDPMSampler(variance: .forward).step(prediction, to: s, using: Generator(seed: 5))
    #expect(abs(wide - other).max().item() > 1e-3)
  }

  /// Each sampler with the exact denoiser draws the mixture: shares of the components, and mean square.
  @Test(arguments: [0, 1, 2]) func samplersDrawTheLaw(index: Int) {
    let sampler: any DiffusionSampler =
      [
        DDIMSampler(), DDPMSampler(), DDIMSampler(eta: 0.5),
      ][index] as any DiffusionSampler
    let levels = CosineSchedule(cleanest: 9, noisiest: -9).levels(150, dtype: .float64)
    let made = sampler.sample(
      from: Self.randn([4000, 2], seed: 6), levels: levels, using: Generator(seed: 7),
      Self.mixture.denoise)
    let clean = Self.level(20)
    let chosen = Self.mixture.jointLogProbability(made, at: clean).argMax(dim: 1)
    let shares = chosen.binCount(minimumLength: 3).to(.float64) / 4000
    let real = Self.mixture.sample(200_000, using: Generator(seed: 8)).examples
    let sorted = Self.mixture.jointLogProbability(real, at: clean).argMax(dim: 1)
    expectClose(
      shares, sorted.binCount(minimumLength: 3).to(.float64) / 200_000, absolute: 0.035)
    expectClose(squared(made).mean(dim: 0), squared(real).mean(dim: 0), absolute: 0.06)
  }

  @Test func inversionIsUndoneBySampling() {
    let x = Self.mixture.sample(50, using: Generator(seed: 2)).examples
    let levels = CosineSchedule(cleanest: 9, noisiest: -9).levels(600, dtype: .float64)
    let noise = DDIMSampler.invert(x, levels: levels, Self.mixture.denoise)
    let back = DDIMSampler().sample(
      from: noise, levels: levels, using: Generator(seed: 3), Self.mixture.denoise)
    #expect(abs(back - x).mean().item() < 0.02)
    #expect(abs(squared(noise).mean().item() - 1) < 0.3)
  }
}
