import Datasets
import LatentCore
import LatentLearning
import LatentModels
import Torch

/// Trials of spikes and digits of one seed, with models of one modality or both trained on them.
struct SpikingDigitsExperiment {
  private let trial: Trial
  private let neurons: Int
  private let train: Batch
  private let held: Batch

  /// Trials whose pictures are MNIST's threes, held-out ones from the test set; the built-in digits where only the code path is wanted.
  init(_ trial: Trial) throws {
    self.trial = trial
    let splits = try DatasetRegistry.open(trial.isQuick ? "digits" : "mnist")
    let plan = SpikingDigitsPlan(
      count: trial.size(300, quick: 12), length: trial.size(60, quick: 12),
      neurons: trial.size(100, quick: 6), size: trial.size(16, quick: 6),
      lengthScale: trial.isQuick ? 3 : 10, seed: trial.seed)
    let first = trial.size(240, quick: 8)
    neurons = plan.neurons
    train = try SpikingDigitsDataset(
      plan, pictures: Self.threes(of: splits.train, at: trial.size(10_000, quick: 200))
    ).batch(Array(0..<first))
    held = try SpikingDigitsDataset(
      plan, pictures: Self.threes(of: splits.test(), at: trial.size(5000, quick: 200))
    ).batch(Array(first..<plan.count))
  }

  /// A model of the channels in `part`, of which `counts` are counts, after training.
  private func trained(
    _ part: Range<Int>, counts: Int, domain: SeriesDomain, countLatents: Int, latents: Int
  ) throws -> VariationalMethod {
    let recipe = GPVAERecipe()
    var config = Config(recipe.settings)
    for setting in [
      "counts=\(counts)", "domain=\(domain.rawValue)", "latents=\(latents)",
      "count-latents=\(countLatents)",
    ] { try config.set(setting) }
    let examples = train.examples[.all, part].contiguous()
    let method = try recipe.make(
      config, data: DatasetSchema(.series, shape: Array(examples.shape.dropFirst())),
      using: trial.generator(.initialisation))
    guard let method = method as? VariationalMethod else {
      preconditionFailure("the recipe made another method")
    }
    let steps = trial.size(2500, quick: 3)
    try trial.train(
      method, on: examples, steps: steps, batchSize: 20,
      learningRate: .cosine(from: 3e-3, to: 3e-5, steps: steps))
    return method
  }

  /// A model of spikes and pictures: two latents each, one of them shared.
  func both(_ domain: SeriesDomain) throws -> VariationalMethod {
    try trained(
      0..<train.examples.size(1), counts: neurons, domain: domain, countLatents: 1, latents: 1)
  }

  /// A model of the spikes alone, with as many latents as they have in the model of both.
  func spikes() throws -> VariationalMethod {
    try trained(0..<neurons, counts: neurons, domain: .fourier, countLatents: 2, latents: 0)
  }

  /// A model of the pictures alone.
  func pictures() throws -> VariationalMethod {
    try trained(
      neurons..<train.examples.size(1), counts: 0, domain: .fourier, countLatents: 0, latents: 2)
  }

  /// R² on held-out trials of each true latent by a line through the one inferred in its place, fitted to training trials: the
  /// shared one, the spikes' and the pictures'.
  func recovery(_ model: VariationalMethod) -> [Double] {
    withoutGradients {
      let (known, found) = (model.encode(train.examples), model.encode(held.examples))
      // True latents are shared, spikes', pictures'; inferred ones spikes', shared, pictures'.
      return [(0, 1), (1, 0), (2, 2)].map { truth, place in
        let fit = Line(
          from: known[.all, place], to: train.extras["latents"]?[.all, truth] ?? Tensor(0.0))
        return fit.determination(
          from: found[.all, place], to: held.extras["latents"]?[.all, truth] ?? Tensor(0.0))
      }
    }
  }

  /// Mean squared error of the held-out rates of a model that sees the channels from `start` on; the first are counts.
  func rateError(_ model: VariationalMethod, isAlone: Bool) -> Double {
    withoutGradients {
      let seen = isAlone ? held.examples[.all, 0..<neurons] : held.examples
      let rates = model.reconstruct(seen)[.all, 0..<neurons]
      return squared(rates - (held.extras["rates"] ?? rates)).mean().item()
    }
  }

  /// Mean squared error of the held-out pictures.
  func pictureError(_ model: VariationalMethod, isAlone: Bool) -> Double {
    withoutGradients {
      let truth = held.examples[.all, neurons...]
      let made = model.reconstruct(isAlone ? truth : held.examples)
      return squared((isAlone ? made : made[.all, neurons...]) - truth).mean().item()
    }
  }

  private static func threes(of data: any Dataset, at most: Int) throws -> Tensor {
    let batch = try data.batch(Array(0..<min(most, data.count)))
    guard let labels = batch.labels else { return batch.examples }
    return batch.examples.selected((labels .== 3).nonzero().flattened(), dim: 0)
  }
}

/// The line y = a + b x of least squares.
private struct Line {
  let offset: Tensor
  let slope: Tensor

  init(from x: Tensor, to y: Tensor) {
    let centred = x - x.mean()
    slope = (centred * y).sum() / squared(centred).sum()
    offset = y.mean() - slope * x.mean()
  }

  /// R² of other points.
  func determination(from x: Tensor, to y: Tensor) -> Double {
    let rest = squared(y - offset - slope * x).sum()
    return 1 - (rest / squared(y - y.mean()).sum()).item()
  }
}
