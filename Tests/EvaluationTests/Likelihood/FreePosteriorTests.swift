import Distributions
import Evaluation
import LatentCore
import LatentModels
import LatentNN
import Testing
import Torch

@Suite struct FreePosteriorTests {
  /// Codes of one dimension, so that the exact posterior is diagonal and is the optimum; one draw a step leaves noise.
  @Test func theOptimumOfALinearModelIsItsExactPosterior() {
    let source = Generator(seed: 1)
    let law = LinearGaussian(
      weight: Tensor.randn([4, 1], using: source, dtype: .float64),
      offset: Tensor.randn([4], using: source, dtype: .float64),
      noiseVariance: Tensor(0.49, dtype: .float64))
    let decoder = NetworkDecoder(
      Linear(weight: law.weight, bias: law.offset),
      likelihood: GaussianLikelihood(standardDeviation: 0.7), exampleShape: [4])
    let model = AutoencoderMethod(
      Autoencoder(
        encoder: Flatten(), bottleneck: GaussianBottleneck(features: 4, size: 1, using: source),
        decoder: decoder
      ).to(.float64), objective: ELBO())
    let examples = law.sample(6, using: source)
    let free = FreePosterior(of: model, targets: examples)
    let zero = Tensor.zeros([6, 1], dtype: .float64)
    let start = Normal(mean: zero, logVariance: zero)
    let rough = free.optimised(from: start, steps: 600, learningRate: 0.05, using: source)
    let best = free.optimised(from: rough, steps: 1500, learningRate: 0.002, using: source)

    let exact = law.posterior(of: examples)
    let spread = sqrt(exact.covariance.diagonal())
    #expect((abs(best.mean - exact.mean) / spread).max().item() < 0.2)
    #expect(abs(best.standardDeviation / spread - 1).max().item() < 0.1)

    let truth = law.evidence.logProbability(examples).to(.float64)
    let found = free.logEvidence(best, draws: 200, using: source)
    #expect(abs(found - truth).max().item() < 0.02)
    #expect(
      free.bound(start, draws: 200, using: Generator(seed: 2))
        < free.bound(best, draws: 200, using: Generator(seed: 2)))
  }
}
