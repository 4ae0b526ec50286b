import Datasets
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Torch

@testable import Runs

/// A data set in float64, for which operators of LibTorch are taken and not this package's own kernels; one reading may be spoilt.
final class InDouble: Dataset {
  let base: any Dataset
  let spoilt: Int?
  private var readings = 0

  init(_ base: any Dataset, spoiling reading: Int? = nil) {
    self.base = base
    spoilt = reading
  }

  var name: String { base.name }
  var count: Int { base.count }
  var schema: DatasetSchema { base.schema }
  var fingerprint: String { get throws { try base.fingerprint } }

  func batch(_ indices: [Int]) throws -> Batch {
    var batch = try base.batch(indices)
    batch.examples = batch.examples.to(.float64)
    if readings == spoilt { batch.examples = batch.examples * Double.nan }
    readings += 1
    return batch
  }
}

/// A training of which each step's terms are kept.
final class CapturedRun {
  let trainer: Trainer
  private(set) var terms: [[String: Double]] = []

  /// A small VAE on the digits in float64, ten steps an epoch of which the last is not full.
  convenience init(
    _ settings: [String], steps: Int = 30, habit: StepCapture.Habit, in folder: RunFolder,
    spoiling reading: Int? = nil
  ) throws {
    var config = Config(AutoencoderRecipe.vae.settings + TrainingSettings.schema)
    for setting in ["hidden=6", "latent=2", "learning-rate=0.01", "log-every=1"] + settings {
      try config.set(setting)
    }
    let digits = try DatasetRegistry.open("digits")
    let data = DatasetSplits(
      name: "digits", train: InDouble(digits.train, spoiling: reading),
      validation: digits.validation.map { InDouble($0) }
    ) { digits.train }
    let method = try AutoencoderRecipe.vae.make(
      config, data: digits.train.schema, using: Generator(seed: 1))
    var options = TrainingSettings.options(config, budget: .steps(steps), seed: 3)
    options.replaysSteps = true
    try self.init(method, data, options, habit, in: folder) {
      TrainingSettings.optimizer(config, for: $0, steps: steps, examples: data.train.count)
    }
  }

  /// A toy on eight examples in two batches.
  convenience init(
    _ toy: any Method, steps: Int = 12, habit: StepCapture.Habit, in folder: RunFolder,
    rule: any UpdateRule = Adam(), change: (inout TrainingOptions) -> Void = { _ in }
  ) throws {
    var options = TrainingOptions(budget: .steps(steps))
    options.batchSize = 4
    options.logInterval = 1
    options.replaysSteps = true
    change(&options)
    try self.init(toy, try toyData(), options, habit, in: folder) {
      Optimizer(rule, for: $0, learningRate: 0.1)
    }
  }

  private init(
    _ method: any Method, _ data: DatasetSplits, _ options: TrainingOptions,
    _ habit: StepCapture.Habit, in folder: RunFolder, optimizer: (any Method) -> Optimizer
  ) throws {
    method.model.to(.float64)
    var hear: ([String: Double]) -> Void = { _ in }
    trainer = Trainer(
      method: method, optimizer: optimizer(method), data: data, options: options, folder: folder
    ) { notice in
      guard case .progress(let progress) = notice else { return }
      hear(Dictionary(uniqueKeysWithValues: progress.terms.map { ($0.name, $0.value) }))
    }
    trainer.captureHabit = habit
    hear = { [unowned self] in terms.append($0) }
  }

  /// All that a step changes: parameters, buffers, what the optimiser keeps, averages and the noise.
  var state: [String: Tensor] {
    let snapshot = trainer.snapshot
    var state = snapshot.model
    for (path, tensor) in snapshot.optimizer.tensors { state["optimizer \(path)"] = tensor }
    for (path, tensor) in snapshot.average?.tensors ?? [:] { state["average \(path)"] = tensor }
    for (name, tensor) in snapshot.generators { state["generator \(name)"] = tensor }
    return state
  }

  var replays: Int { trainer.capture?.replays ?? 0 }
  var reason: String? { trainer.capture?.reason }
}

/// Where two runs differ by more than 10⁻¹² in a step's terms or at their end; empty if nowhere.
func differences(_ one: CapturedRun, _ other: CapturedRun) -> [String] {
  var found: [String] = []
  if one.terms.count != other.terms.count {
    found.append("\(one.terms.count) steps and \(other.terms.count)")
  }
  for (step, (mine, theirs)) in zip(one.terms, other.terms).enumerated() {
    for (name, value) in mine {
      let gap = abs(value - (theirs[name] ?? .nan))
      if !(gap <= 1e-12 * max(abs(value), 1)) { found.append("\(name) of step \(step) by \(gap)") }
    }
  }
  let (mine, theirs) = (one.state, other.state)
  if mine.keys != theirs.keys { found.append("other tensors") }
  for (path, tensor) in mine {
    guard let match = theirs[path] else { continue }
    let gap = abs(tensor.to(.float64) - match.to(.float64)).max().item()
    if !(gap <= 1e-12) { found.append("\(path) by \(gap)") }
  }
  if one.trainer.snapshot.optimizer.counts != other.trainer.snapshot.optimizer.counts {
    found.append("counts of steps")
  }
  return found
}
