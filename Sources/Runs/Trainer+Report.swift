import Datasets
import LatentCore
import LatentNN
import Torch

extension Trainer {
  /// Writes the means since the last report down.
  func report(_ log: EventLog?) throws {
    let event = Event(
      step: state.step, epoch: epochsDone, split: "train", terms: state.running.quantities)
    try log?.append(event)
    let progress = TrainingProgress(
      step: state.step, totalSteps: totalSteps, epoch: epochsDone,
      totalEpochs: totalEpochs, fraction: fractionDone,
      seconds: clock.seconds, secondsLeft: secondsLeft, firstStep: firstStep,
      terms: state.running.means)
    state.running = RunningMeans()
    observe(.progress(progress))
  }

  /// Reads the validation data, and keeps the weights if they are the best so far.
  func validate(_ log: EventLog?) throws {
    state.nextValidation = order.epoch + options.validationInterval
    guard let held = data.validation else { return }
    // Held-out examples may lie in the file that is being read.
    reader.settle()
    try withAveragedWeights {
      let means = try heldOutMeans(
        of: method, on: held, seed: SeedPurpose.validation.seed(for: options.seed), device: device,
        stepsDone: state.step, shared: shared)
      try check(means.means)
      let event = Event(
        step: state.step, epoch: epochsDone, split: "validation", terms: means.quantities)
      try log?.append(event)
      try select(means)
    }
  }

  private func select(_ means: RunningMeans) throws {
    let score = means.means.first { $0.name == method.selection.term }?.value ?? .infinity
    let signed = method.selection.isBetterWhenLarger ? -score : score
    let isBest = signed < (state.best?.score ?? .infinity)
    if isBest {
      state.best = .init(score: signed, step: state.step)
      state.validationsSinceBest = 0
      if leads {
        let path = folder.file(Checkpoint.best)
        try Checkpoint.writeWeights(method.model.state, step: state.step, to: path)
      }
    } else {
      state.validationsSinceBest += 1
    }
    observe(.validated(step: state.step, terms: means.means, isBest: isBest))
  }
}
