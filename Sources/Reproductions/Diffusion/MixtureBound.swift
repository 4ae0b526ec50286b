import Distributions
import LatentModels
import Torch

/// The bound of a diffusion of numbers whose law is a mixture, by quadrature on two routes that share no formula.
///
/// Numbers x₀ and noise stand on even grids, whose sums are exact to rounding for such smooth integrands. The denoiser is the exact
/// one. Everything in float64 and nats.
struct MixtureBound {
  private let law: NoisedMixture
  private let levels: [NoiseLevel]
  private let nodes: Tensor
  private let masses: Tensor

  /// A law of one number and the levels from the cleanest to the noisiest.
  init(_ law: NoisedMixture, logSNR: Tensor, nodes count: Int) {
    self.law = law
    levels = (0..<logSNR.count).map { NoiseLevel(logSNR: logSNR[$0]) }
    nodes = Tensor.linspace(-9, 9, count: count, dtype: .float64)
    masses = softmax(-0.5 * squared(nodes), dim: 0)
  }

  /// L_T + Σ L_{t−1} + L_0, the three kinds of terms.
  var terms: Double {
    let (cleanest, noisiest) = (levels[0], levels[levels.count - 1])
    let ends = mean(over: nil) { x, noise in
      DiffusionBound.prior(x, at: noisiest)
        + DiffusionReconstruction.density.cost(x, noise: noise, at: cleanest)
    }
    return zip(levels, levels.dropFirst()).reduce(ends) { sum, pair in
      sum
        + mean(over: nil) { x, noise in
          let prediction = law.denoise(pair.1.noised(x, noise), at: pair.1)
          return DiffusionBound.step(noise: noise, prediction, to: pair.0)
        }
    }
  }

  /// −E[log p(x₀, …, x_T) − log q(x₁, …, x_T | x₀)], factor by factor of the two Markov chains.
  var exact: Double {
    let (cleanest, noisiest) = (levels[0], levels[levels.count - 1])
    var sum = mean(over: nil) { x, noise in
      let law = cleanest.marginal(of: x)
      let seen = law.mean + law.standardDeviation * noise
      let back = Normal(
        mean: seen / cleanest.alpha, logVariance: (-cleanest.logSNR).expanded(x.shape))
      return (back.logProbability(x) - law.logProbability(seen)).squeezed(dim: 1)
    }
    sum += mean(over: noisiest) { x, _ in
      StandardNormal(x.shape, dtype: .float64).logProbability(x).squeezed(dim: 1)
    }
    for (cleaner, level) in zip(levels, levels.dropFirst()) {
      sum += mean(over: cleaner) { x, noise in
        let forward = level.transition(from: cleaner, x)
        let noised = forward.mean + forward.standardDeviation * noise
        let back = level.posterior(
          at: cleaner, noised: noised, example: law.denoise(noised, at: level).example)
        return (back.logProbability(x) - forward.logProbability(noised)).squeezed(dim: 1)
      }
    }
    return -sum
  }

  /// E f(x, ε) over x of the law, noised to `level` if one is given, and standard normal ε.
  private func mean(
    over level: NoiseLevel?, _ function: (_ x: Tensor, _ noise: Tensor) -> Tensor
  ) -> Double {
    let count = nodes.count
    let noise = nodes.unsqueezed(dim: 0).expanded([count, count]).reshaped([count * count, 1])
    let place = nodes.unsqueezed(dim: 1).expanded([count, count]).reshaped([count * count, 1])
    let mass = outer(masses, masses).flattened()
    return (0..<law.weights.count).reduce(0) { sum, k in
      var (centre, spread) = (law.means[k], squared(law.deviations[k]))
      if let level {
        centre = level.alpha * centre
        spread = squared(level.alpha) * spread + squared(level.sigma)
      }
      let value = (mass * function(centre + sqrt(spread) * place, noise)).sum()
      return sum + (law.weights[k] * value).item()
    }
  }
}
