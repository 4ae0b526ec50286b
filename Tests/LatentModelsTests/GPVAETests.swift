import Datasets
import Distributions
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Testing
import Torch
import _TestSupport

@Suite struct GPVAETests {
  /// All waves of a circle are orthonormal: B Bᵀ = I.
  @Test(arguments: [10, 11]) func wavesAreOrthonormal(length: Int) {
    let basis = FourierBasis(length: length, shortest: 0.1, margin: 0)
    #expect(basis.waves.shape == [length, length])
    expectClose(
      matmul(basis.waves, basis.waves.transposed()), Tensor.eye(length), absolute: 1e-5)
  }

  /// Bᵀ diag(s) B is the squared exponential kernel, and so is the covariance of the pruned waves.
  @Test func wavesHaveTheKernelAsCovariance() {
    let basis = FourierBasis(length: 40, shortest: 4, margin: 1)
    #expect(basis.waves.size(0) < 80)
    let scale = Tensor([5.0])
    let variance = FourierBasis.spectralDensity(basis.frequencies, lengthScale: scale)[0]
    let covariance = matmul(basis.waves.transposed() * variance, basis.waves)
    let places = Tensor.arange(40, dtype: .float32)
    let kernel = exp(-0.5 * squared((places.unsqueezed(dim: 1) - places) / 5))
    expectClose(covariance, kernel, relative: 0, absolute: 1e-4)
  }

  static func bottleneck(_ domain: SeriesDomain, latents: Int = 2, length: Int = 8)
    -> any Bottleneck
  {
    switch domain {
    case .fourier:
      FourierGaussianProcess(
        count: latents, basis: FourierBasis(length: length, shortest: 2), lengthScale: 3,
        using: Generator(seed: 1))
    case .time: TimeGaussianProcess(count: latents, length: length, lengthScale: 3)
    }
  }

  /// The exact rate is the mean of −log p(u)/q(u) over draws, and gradients reach the length scales.
  @Test(arguments: SeriesDomain.allCases) func rateIsTheMeanRatio(domain: SeriesDomain) throws {
    let module = Self.bottleneck(domain)
    module.to(.float64)
    let features = 0.3 * Tensor.randn([3, 4, 8], using: Generator(seed: 2), dtype: .float64)
    let posterior = module.posterior(features) { $0 }
    let rate = posterior.draw(using: Generator(seed: 3)).rates[0].perExample
    let weighable = try #require(posterior as? any WeighablePosterior)
    let ratios = weighable.draws(40_000, stoppingDensity: false, using: Generator(seed: 4)).logRatio
    let error = ratios.variance(dims: [0]) / 40_000
    let z = (-ratios.mean(dim: 0) - rate) / sqrt(error)
    #expect(abs(z).max().item() < 4.5)
    #expect((rate .> 0).all().item() == 1)
    let gradients = valueAndGradient(of: module) { _ in
      module.posterior(features) { $0 }.draw(using: Generator(seed: 3)).rates[0].perExample.sum()
    }.gradients
    let scale = gradients.entries.first { $0.path == "logLengthScale" }
    #expect((scale.map { abs($0.gradient).min().item() } ?? 0) > 0)
  }

  /// Series of the prior have the kernel's variance and correlation.
  @Test(arguments: SeriesDomain.allCases) func priorDrawsHaveTheKernel(domain: SeriesDomain) {
    let draws = withoutGradients {
      Self.bottleneck(domain, latents: 1, length: 12)
        .samplePrior(20_000, encode: { $0 }, using: Generator(seed: 5))
    }
    #expect(draws.shape == [20_000, 1, 12])
    let (one, near, far) = (draws[.all, 0, 3], draws[.all, 0, 4], draws[.all, 0, 8])
    #expect(Swift.abs(squared(one).mean().item() - 1) < 0.12)
    let ratio = ((one * near).mean() / squared(one).mean()).item()
    #expect(Swift.abs(ratio - 0.946) < 0.05)
    #expect(Swift.abs((one * far).mean().item() - 0.249) < 0.12)
  }

  /// The encoder's shared moments are the average of both networks', and private ones see their own modality only.
  @Test func latentsSeeTheirModality() {
    let parts = SeriesParts(counts: 3, numbers: 2, countLatents: 1, shared: 1, numberLatents: 1)
    let encoder = SeriesEncoder(parts, hidden: [5], countHidden: [4], using: Generator(seed: 1))
    let x = Tensor.rand([2, 5, 4], using: Generator(seed: 2))
    let changed = concatenated([x[.all, 0..<3] + 1, x[.all, 3...]], dim: 1)
    let moved = abs(encoder(changed) - encoder(x)).max(dims: [0, 2])
    #expect(encoder(x).shape == [2, 6, 4])
    for (row, depends) in [true, true, false, true, true, false].enumerated() {
      #expect((moved[row].item() > 0) == depends, "row \(row)")
    }
    let decoder = SeriesDecoder(
      parts, exampleShape: [5, 4], hidden: [6], using: Generator(seed: 3))
    let codes = Tensor.randn([2, 3, 4], using: Generator(seed: 4))
    let other = codes.setting(9.0, at: .all, 2)
    let shift = abs(decoder.mean(other) - decoder.mean(codes)).max(dims: [0, 2])
    #expect(shift[0..<3].max().item() == 0 && shift[3...].min().item() > 0)
  }

  /// log p(x|z) is that of Poisson and normal laws, for one draw of the code and for several.
  @Test func likelihoodIsPoissonAndNormal() throws {
    let parts = SeriesParts(counts: 3, numbers: 2, countLatents: 1, shared: 1, numberLatents: 1)
    let decoder = SeriesDecoder(
      parts, exampleShape: [5, 4], hidden: [6], using: Generator(seed: 3))
    let x = Tensor.randint(0..<4, [2, 5, 4], using: Generator(seed: 1)).to(.float32)
    let codes = Tensor.randn([7, 2, 3, 4], using: Generator(seed: 4))
    let all = decoder.logLikelihood(x, codes: codes)
    #expect(all.shape == [7, 2])
    expectClose(all[2], decoder.logLikelihood(x, codes: codes[2]), relative: 1e-5)
    let mean = decoder.mean(codes[2])
    let counts = Poisson(rate: mean[.all, 0..<3]).logProbability(x[.all, 0..<3])
    let numbers = Normal(mean: mean[.all, 3...], standardDeviation: 1).logProbability(x[.all, 3...])
    expectClose(all[2], counts.sum(dims: [1, 2]) + numbers.sum(dims: [1, 2]), relative: 1e-4)
  }

  /// One smooth latent behind many noisy channels is found again.
  @Test(arguments: SeriesDomain.allCases) func smoothLatentIsRecovered(domain: SeriesDomain) throws
  {
    var config = Config(GPVAERecipe().settings)
    for setting in ["domain=\(domain.rawValue)", "latents=1", "hidden=16", "length-scale=4"] {
      try config.set(setting)
    }
    let source = Generator(seed: 8)
    let prior = TimeGaussianProcess(count: 1, length: 20, lengthScale: 4)
    let truth = withoutGradients { prior.samplePrior(64, encode: { $0 }, using: source) }
    let loadings = Tensor.randn([10, 1], using: source)
    let data = matmul(loadings, truth) + 0.3 * Tensor.randn([64, 10, 20], using: source)
    let method = try GPVAERecipe().make(
      config, data: DatasetSchema(.series, shape: [10, 20]), using: Generator(seed: 1))
    let optimizer = Optimizer(Adam(), for: method, learningRate: 5e-3)
    let batch = Batch(examples: data, indices: Array(0..<64))
    for index in 0..<250 {
      let step = Step(index: index, epoch: 0, exampleCount: 64, generator: source)
      let gradients = valueAndGradient(of: method.model) { _ in
        method.terms(batch, step).total() ?? Tensor(0)
      }.gradients
      optimizer.update(with: gradients)
    }
    let encoder = try #require(method as? any Encodes)
    let found = withoutGradients { encoder.encode(data) }.flattened()
    let known = truth.flattened()
    let cosine =
      ((found - found.mean()) * (known - known.mean())).mean()
      / (found.standardDeviation() * known.standardDeviation())
    #expect(squared(cosine).item() > 0.85)
  }

  @Test func trialsAreDeterminedAndCarryTheirTruth() throws {
    let pictures = try Digits.load().batch(Array(0..<20)).examples
    let plan = SpikingDigitsPlan(count: 6, length: 9, neurons: 5, size: 8, seed: 3)
    let data = try SpikingDigitsDataset(plan, pictures: pictures)
    let (all, some) = (try data.all(), try data.batch([4, 1]))
    #expect(all.examples.shape == [6, 5 + 64, 9])
    #expect(some.examples[0].isEqual(to: all.examples[4]))
    let rates = try #require(all.extras["rates"])
    let spikes = all.examples[.all, 0..<5]
    #expect((spikes .== round(spikes)).all().item() == 1 && spikes.min().item() >= 0)
    #expect((rates .> 0).all().item() == 1)
    #expect(all.examples[.all, 5...].max().item() <= 1)
    #expect(
      try data.fingerprint
        != SpikingDigitsDataset(
          SpikingDigitsPlan(count: 6, length: 9, neurons: 5, size: 8, seed: 4), pictures: pictures
        ).fingerprint)
    #expect(throws: DatasetError.self) {
      try SpikingDigitsDataset(plan, pictures: Tensor.zeros([0, 1, 8, 8]))
    }
  }

  @Test(arguments: [
    ["counts=9"], ["latents=0"], ["counts=4", "count-latents=0", "shared-latents=0"],
  ])
  func refuses(settings: [String]) throws {
    var config = Config(GPVAERecipe().settings)
    for setting in settings { try config.set(setting) }
    #expect(throws: RecipeError.self) {
      try GPVAERecipe().make(
        config, data: DatasetSchema(.series, shape: [6, 10]), using: Generator(seed: 1))
    }
  }
}
