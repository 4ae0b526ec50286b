import Datasets
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Torch

/// Denoisers of dense layers trained on draws of a mixture of the plane whose components have labels.
struct MixtureNetworks {
  /// The levels between which everything is measured.
  static let schedule = LogLinearSchedule(cleanest: 6, noisiest: -6)
  /// The labels of the components.
  static let labels = [[0, 1], [2, 3], [4, 5]]

  /// Six components on a ring that is turned and stretched by chance, in float32.
  static func law(using generator: Generator) -> NoisedMixture {
    let turn = Tensor.rand([], using: generator).item()
    let angles = (Tensor.arange(6, dtype: .float32) / 6 + turn) * (2 * Double.pi)
    let radius = Tensor.uniform([6], from: 1, to: 1.5, using: generator)
    return NoisedMixture(
      weights: Tensor.uniform([6], from: 0.5, to: 1.5, using: generator),
      means: stacked([radius * cos(angles), radius * sin(angles)], dim: 1),
      deviations: Tensor.uniform([6], from: 0.15, to: 0.35, using: generator))
  }

  /// A network of this target after training by the simple loss, its weights averaged; with labels it learns both laws.
  static func trained(
    _ target: DiffusionTarget, on law: NoisedMixture, hasLabels: Bool = false, _ trial: Trial
  ) throws -> DiffusionModel {
    let generator = trial.generator(.initialisation)
    let classes = hasLabels ? labels.count : nil
    let network = DiffusionModel(
      DenseDenoiser(
        elements: 2, hidden: [128, 128, 128], classes: classes, using: generator),
      schedule: schedule, target: target, exampleShape: [2], scale: .asIs, classes: classes)
    var settings = Diffusion.Settings()
    settings.labelDropout = 0.25
    let method = Diffusion(network, settings: settings)
    let steps = trial.size(hasLabels ? 18_000 : 12_000, quick: 5)
    let optimizer = Optimizer(
      Adam(), for: method, learningRate: .cosine(from: 2e-3, to: 2e-5, steps: steps))
    let average = WeightAverage(of: network, decay: 0.999)
    let (order, noise) = (trial.generator(.order), trial.generator(.noise))
    let size = trial.size(512, quick: 32)
    for index in 0..<steps {
      try trial.checkBudget()
      let (examples, components) = law.sample(size, using: order)
      let batch = Batch(
        examples: examples, labels: components.floorDivided(by: Tensor(2, dtype: .int64)),
        indices: Array(0..<size))
      let step = Step(index: index, epoch: 0, exampleCount: size, generator: noise)
      let gradients = valueAndGradient(of: method.model) { _ in
        method.terms(batch, step).total() ?? Tensor(0)
      }.gradients
      optimizer.update(with: gradients)
      average.update()
    }
    try network.load(average.withAverage { network.state.mapValues { $0.cloned() } })
    return network
  }

  /// The mean over the levels, evenly in λ, of `function` at examples of `law` under noise.
  static func mean(
    over law: NoisedMixture, _ trial: Trial,
    _ function: (_ noise: Tensor, _ noised: Tensor, _ level: NoiseLevel) -> Tensor
  ) -> Double {
    withoutGradients {
      let generator = trial.generator(.test)
      let count = trial.size(200_000, quick: 64)
      let examples = law.sample(count, using: generator).examples
      let noise = Tensor.randn([count, 2], using: generator)
      let times = (Tensor.arange(count, dtype: .float32) + 0.5) / Double(count)
      let level = NoiseLevel(logSNR: schedule.logSNR(times), over: examples)
      return function(noise, level.noised(examples, noise), level).mean().item()
    }
  }
}
