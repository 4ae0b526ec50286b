import Distributions
import LatentCore
import Torch

/// A linear-Gaussian model whose evidence is known, with an encoder that is right, too wide, or moved away.
struct KnownModel: LatentVariableModel {
  let law: LinearGaussian
  /// The encoder's standard deviations over the posterior's.
  var widening = 1.0
  /// How far the encoder's means are off, in units of the posterior's spread.
  var shift = 0.0

  init(d: Int = 6, k: Int = 3, seed: UInt64, widening: Double = 1, shift: Double = 0) {
    let generator = Generator(seed: seed)
    law = LinearGaussian(
      weight: Tensor.randn([d, k], using: generator, dtype: .float64),
      offset: Tensor.randn([d], using: generator, dtype: .float64),
      noiseVariance: Tensor(0.5, dtype: .float64))
    self.widening = widening
    self.shift = shift
  }

  private func decode(_ codes: Tensor) -> Tensor {
    linear(codes, weight: law.weight, bias: law.offset)
  }

  func prior(count: Int) -> any Distribution {
    StandardNormal([count, law.weight.size(1)], dtype: .float64).independent()
  }

  func approximatePosterior(of observations: Tensor) -> any Distribution {
    let exact = law.posterior(of: observations)
    let spread = sqrt(exact.covariance.diagonal())
    return Normal(
      mean: exact.mean + shift * spread,
      logVariance: 2 * log(spread * widening).expanded(exact.mean.shape)
    ).independent()
  }

  func logJoint(_ observations: Tensor, codes: Tensor) -> Tensor {
    let error = squared(observations - decode(codes)).sum(dim: -1) / law.noiseVariance
    let d = Double(law.weight.size(0))
    let likelihood = -0.5 * (error + d * log(2 * Double.pi * law.noiseVariance))
    let prior = StandardNormal(codes.shape, dtype: .float64).logProbability(codes).sum(dim: -1)
    return likelihood + prior
  }

  /// log p(x) of each example, exactly.
  func evidence(_ examples: Tensor) -> [Double] {
    law.evidence.logProbability(examples).scalars(as: Double.self)
  }
}
