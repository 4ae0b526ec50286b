import LatentModels
import Torch

/// Points of a mixture under noise of levels spread over the schedule, in float64, and how far formulas err there.
struct MixturePoints {
  private let law: NoisedMixture
  private let noise: Tensor
  private let examples: Tensor
  private let level: NoiseLevel
  private let noised: Tensor

  /// `count` points of a law of the plane.
  init(_ law: NoisedMixture, count: Int, using generator: Generator) {
    self.law = law
    examples = law.sample(count, using: generator).examples
    noise = Tensor.randn([count, 2], using: generator, dtype: .float64)
    let times = Tensor.linspace(0, 1, count: count, dtype: .float64)
    level = NoiseLevel(logSNR: MixtureNetworks.schedule.logSNR(times), over: examples)
    noised = level.noised(examples, noise)
  }

  /// Every pair of targets there and back, from the true image and noise.
  var conversionError: Double {
    let truth = DiffusionPrediction(noise, of: .noise, noised: noised, at: level)
    let known: [DiffusionTarget: Tensor] = [
      .noise: noise, .example: examples, .score: -noise / level.sigma,
      .velocity: level.alpha * noise - level.sigma * examples,
    ]
    var worst = 0.0
    for (target, value) in known {
      worst = max(worst, abs(truth[target] - value).max().item())
      let told = DiffusionPrediction(value, of: target, noised: noised, at: level)
      for (other, expected) in known {
        worst = max(worst, abs(told[other] - expected).max().item())
      }
    }
    return worst
  }

  /// E[x₀|x_t] from the score against E[x₀|x_t] from the components.
  var tweedieError: Double {
    let score = DiffusionPrediction(score(of: law), of: .score, noised: noised, at: level)
    return abs(score.example - law.denoise(noised, at: level).example).max().item()
  }

  /// Both ways of guiding, over all labels.
  var guidanceError: Double {
    var worst = 0.0
    for components in MixtureNetworks.labels {
      let conditional = law.keeping(components)
      let expected = score(of: conditional)
      let free = conditional.denoise(noised, at: level)
        .guided(from: law.denoise(noised, at: level), weight: 1)
      let steered = classifierGuided(law.denoise) {
        law.logResponsibility(of: components, $0, at: $1)
      }
      for found in [free.score, steered(noised, level).score] {
        worst = max(worst, abs(found - expected).max().item())
      }
    }
    return worst
  }

  /// ∇ log q(x_t) by differentiation.
  private func score(of law: NoisedMixture) -> Tensor {
    gradient(at: noised) { law.logProbability($0, at: level).sum() }
  }
}
