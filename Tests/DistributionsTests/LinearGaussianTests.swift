import Distributions
import Testing
import Torch
import _TestSupport

@Suite struct LinearGaussianTests {
  private static func law(d: Int, k: Int, seed: UInt64) -> LinearGaussian {
    let generator = Generator(seed: seed)
    return LinearGaussian(
      weight: Tensor.randn([d, k], using: generator, dtype: .float64),
      offset: Tensor.randn([d], using: generator, dtype: .float64),
      noiseVariance: Tensor(0.3, dtype: .float64))
  }

  private static func examples(_ shape: [Int], seed: UInt64) -> Tensor {
    2 * Tensor.randn(shape, using: Generator(seed: seed), dtype: .float64)
  }

  /// log p(x) = −½ [xᵀ C⁻¹ x + log det C + d log 2π], written with a determinant and an inverse.
  @Test func evidenceIsTheGaussianDensity() {
    let law = Self.law(d: 5, k: 2, seed: 1)
    let x = Self.examples([7, 5], seed: 2)
    let noise = law.noiseVariance * Tensor.eye(5, dtype: .float64)
    let covariance = matmul(law.weight, law.weight.transposed()) + noise
    let centred = x - law.offset
    let distance = (matmul(centred, LinearAlgebra.inverse(covariance)) * centred).sum(dim: 1)
    let logDeterminant = LinearAlgebra.slogdet(covariance).logAbsDet
    let expected = -0.5 * (distance + logDeterminant + 5 * 1.8378770664093453)
    expectClose(law.evidence.logProbability(x), expected)
  }

  /// log p(x, z) − log p(z|x) = log p(x) whatever z.
  @Test(arguments: [UInt64(3), 4, 5]) func posteriorObeysBayes(seed: UInt64) {
    let law = Self.law(d: 6, k: 3, seed: seed)
    let x = Self.examples([4, 6], seed: seed + 10)
    let z = Self.examples([4, 3], seed: seed + 20)
    let prior = StandardNormal([4, 3], dtype: .float64).logProbability(z).sum(dim: 1)
    let mean = matmul(z, law.weight.transposed()) + law.offset
    let likelihood = Normal(mean: mean, standardDeviation: 0.3.squareRoot()).logProbability(x)
    let joint = prior + likelihood.sum(dim: 1)
    expectClose(joint - law.posterior(of: x).logProbability(z), law.evidence.logProbability(x))
  }

  /// log p(x) − ELBO = KL(q ‖ p(z|x)) for any q.
  @Test func theGapOfTheBoundIsTheDivergenceFromThePosterior() {
    let law = Self.law(d: 6, k: 3, seed: 6)
    let x = Self.examples([4, 6], seed: 7)
    let codes = Normal(
      mean: Self.examples([4, 3], seed: 8), logVariance: Self.examples([4, 3], seed: 9))
    let q = MultivariateNormal(
      mean: codes.mean, scaleFactor: codes.standardDeviation.diagonalMatrix())
    let gap = law.evidence.logProbability(x) - law.evidenceLowerBound(x, codes: codes)
    expectClose(gap, q.klDivergence(to: law.posterior(of: x)))
  }

  /// With one code dimension the posterior is within the family: nothing is lost.
  @Test func theBoundIsTheEvidenceAtThePosterior() {
    let law = Self.law(d: 4, k: 1, seed: 10)
    let x = Self.examples([5, 4], seed: 11)
    let posterior = law.posterior(of: x)
    let codes = Normal(mean: posterior.mean, standardDeviation: sqrt(posterior.variance))
    expectClose(law.evidenceLowerBound(x, codes: codes), law.evidence.logProbability(x))
  }

  /// At its optimum the average log-evidence is −½ [Σ log λ + (d − k) log σ² + d + d log 2π] (equation
  /// 8 with S's eigenvalues), and no change of the parameters raises it.
  @Test func noLawIsMoreProbableThanTheMostProbable() {
    let x = Self.law(d: 5, k: 2, seed: 12).sample(300, using: Generator(seed: 13))
    let best = LinearGaussian.mostProbable(for: x, k: 2)
    let value = best.evidence.logProbability(x).mean().item()
    let centred = x - x.mean(dim: 0)
    let values = LinearAlgebra.eigenvalues(matmul(centred.transposed(), centred) / 300)
    let kept = log(values[3..<5]).sum().item()
    let closed = -0.5 * (kept + 3 * log(best.noiseVariance).item() + 5 * 2.8378770664093453)
    #expect(abs(value - closed) < 1e-9)
    let generator = Generator(seed: 14)
    for _ in 0..<20 {
      let other = LinearGaussian(
        weight: best.weight + 0.05 * Tensor.randn([5, 2], using: generator, dtype: .float64),
        offset: best.offset + 0.05 * Tensor.randn([5], using: generator, dtype: .float64),
        noiseVariance: best.noiseVariance * 1.02)
      #expect(other.evidence.logProbability(x).mean().item() < value)
    }
  }

  /// Mean and covariance of 200,000 draws; standard errors are near 0.01.
  @Test func samplesFollowTheEvidence() {
    let law = Self.law(d: 3, k: 2, seed: 15)
    let x = law.sample(200_000, using: Generator(seed: 16))
    expectClose(x.mean(dim: 0), law.offset, relative: 0, absolute: 0.05)
    expectClose(
      x.transposed().covariance(), law.evidence.covariance, relative: 0.03, absolute: 0.05)
  }
}
