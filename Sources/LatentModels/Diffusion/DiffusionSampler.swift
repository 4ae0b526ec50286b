import Distributions
public import Torch

/// One step of a reverse process: x_t and what is believed behind it become x_s of a cleaner level.
public protocol DiffusionSampler: Sendable {
  /// x_s, with fresh noise from `generator` where the step is random.
  func step(
    _ prediction: DiffusionPrediction, to cleaner: NoiseLevel, using generator: Generator
  ) -> Tensor
}

/// Ancestral sampling: x_s from N(mean of q(x_s|x_t, x̂₀), variance).
///
/// **Source**: Ho, Jain & Abbeel 2020, arXiv 2006.11239, algorithm 2.
public struct DDPMSampler: DiffusionSampler, Hashable {
  /// The variance of a step; the two choices of section 3.2.
  public enum Variance: String, Sendable, Hashable {
    /// That of q(x_s|x_t, x₀), best for data of one point.
    case posterior
    /// That of q(x_t|x_s), best for standard normal data.
    case forward
  }

  /// Which variance.
  public let variance: Variance

  /// A sampler with this variance.
  public init(variance: Variance = .posterior) {
    self.variance = variance
  }

  /// A draw.
  public func step(
    _ prediction: DiffusionPrediction, to cleaner: NoiseLevel, using generator: Generator
  ) -> Tensor {
    let (level, noised) = (prediction.level, prediction.noised)
    let law = level.posterior(at: cleaner, noised: noised, example: prediction.example)
    let deviation =
      variance == .posterior
      ? law.standardDeviation
      : level.transition(from: cleaner, noised).standardDeviation
    return law.mean
      + deviation * Tensor.randn(noised.shape, using: generator, dtype: noised.dtype)
  }
}

/// Implicit sampling: x_s = α_s x̂₀ + √(σ_s² − ς²) ε̂ + ς z, ς² = η² times the variance of q(x_s|x_t, x₀).
///
/// η = 0 is deterministic, and a step of Euler's method for the probability flow; η = 1 is ancestral sampling. **Source**: Song,
/// Meng & Ermon 2021, arXiv 2010.02502, eq. 12 and 16.
public struct DDIMSampler: DiffusionSampler, Hashable {
  /// η, from 0 to 1.
  public let eta: Double

  /// A sampler with this η.
  public init(eta: Double = 0) {
    self.eta = eta
  }

  /// The step; draws nothing if η is 0.
  public func step(
    _ prediction: DiffusionPrediction, to cleaner: NoiseLevel, using generator: Generator
  ) -> Tensor {
    let signal = cleaner.alpha * prediction.example
    guard eta > 0 else { return signal + cleaner.sigma * prediction.noise }
    let deviation = eta * cleaner.sigma * sqrt(-expm1(prediction.level.logSNR - cleaner.logSNR))
    let rest = sqrt((squared(cleaner.sigma) - squared(deviation)).clamped(min: 0))
    let shape = prediction.noised.shape
    return signal + rest * prediction.noise
      + deviation * Tensor.randn(shape, using: generator, dtype: prediction.noised.dtype)
  }
}

extension DiffusionSampler {
  /// From pure noise to an example: x_T `[n, …]` through falling noise to x̂₀ at the cleanest level.
  ///
  /// `levels` are λ from the cleanest to the noisiest, `[N]`; the denoiser is asked N times. Nothing is recorded for
  /// gradients.
  public func sample(
    from noise: Tensor, levels: Tensor, using generator: Generator, _ denoising: Denoising
  ) -> Tensor {
    withoutGradients {
      var noised = noise
      for index in stride(from: levels.count - 1, to: 0, by: -1) {
        let prediction = denoising(noised, NoiseLevel(logSNR: levels[index]))
        noised = step(prediction, to: NoiseLevel(logSNR: levels[index - 1]), using: generator)
      }
      return denoising(noised, NoiseLevel(logSNR: levels[0])).example
    }
  }
}

extension DDIMSampler {
  /// The noise that the deterministic sampler would make an example `[n, …]` of: its steps the other way.
  ///
  /// Exact as the steps become small. **Source**: Song, Meng & Ermon 2021, arXiv 2010.02502, section 5.4.
  public static func invert(
    _ example: Tensor, levels: Tensor, _ denoising: Denoising
  ) -> Tensor {
    withoutGradients {
      let cleanest = NoiseLevel(logSNR: levels[0])
      let first = denoising(cleanest.alpha * example, cleanest)
      var noised = cleanest.noised(example, first.noise)
      for index in 0..<levels.count - 1 {
        let prediction = denoising(noised, NoiseLevel(logSNR: levels[index]))
        noised = NoiseLevel(logSNR: levels[index + 1]).noised(prediction.example, prediction.noise)
      }
      return noised
    }
  }
}
