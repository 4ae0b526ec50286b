import Datasets
import LatentCore
import LatentLearning
import LatentNN
import Torch

extension Trainer {
  /// One update; throws `Divergence` for a term that is not finite, before that changes anything.
  func step() throws {
    let epoch = order.epoch
    let batch = try data.train.batch(order.next())
    let place = Step(
      index: state.step, epoch: epoch, exampleCount: data.train.count, generator: noise)
    for player in method.players {
      let (_, terms, gradients) = valueAndGradient(of: method.model) { _ in
        let terms = method.terms(batch, place)
        let total = terms.total(for: player.name)
        return (total ?? Tensor(0), terms.numbers)
      }
      try check(terms)
      let own = method.players.count == 1 ? gradients : gradients.owned(by: player)
      optimizer.update(with: options.gradientClip.map { own.clipped(toNorm: $0) } ?? own)
      if player.name == method.players.first?.name {
        state.running.add(terms, count: batch.indices.count)
      }
    }
    method.afterStep(place)
    state.step += 1
  }

  /// Writes the means since the last report down.
  func report(_ log: EventLog) throws {
    let event = Event(
      step: state.step, epoch: epochsDone, split: "train", terms: state.running.quantities)
    try log.append(event)
    let progress = TrainingProgress(
      step: state.step, totalSteps: totalSteps, epoch: epochsDone,
      totalEpochs: totalEpochs, fraction: fractionDone,
      seconds: clock.seconds, secondsLeft: secondsLeft, firstStep: firstStep,
      terms: state.running.means)
    state.running = RunningMeans()
    observe(.progress(progress))
  }

  /// Reads the validation data, and keeps the weights if they are the best so far.
  func validate(_ log: EventLog) throws {
    state.nextValidation = order.epoch + options.validationInterval
    guard let held = data.validation else { return }
    let means = try heldOutMeans(
      of: method, on: held, seed: SeedPurpose.validation.seed(for: options.seed))
    try check(means.means)
    let event = Event(
      step: state.step, epoch: epochsDone, split: "validation", terms: means.quantities)
    try log.append(event)
    let score = means.means.first { $0.name == method.selection.term }?.value ?? .infinity
    let signed = method.selection.isBetterWhenLarger ? -score : score
    let isBest = signed < (state.best?.score ?? .infinity)
    if isBest {
      state.best = .init(score: signed, step: state.step)
      state.validationsSinceBest = 0
      let path = folder.file(Checkpoint.best)
      try Checkpoint.writeWeights(method.model.state, step: state.step, to: path)
    } else {
      state.validationsSinceBest += 1
    }
    observe(.validated(step: state.step, terms: means.means, isBest: isBest))
  }

  private func check(_ terms: [(name: String, unit: String, value: Double)]) throws {
    if let bad = terms.first(where: { !$0.value.isFinite }) {
      throw Divergence(what: bad.name, step: state.step)
    }
  }
}

extension Gradients {
  /// The gradients of the parameters that a player owns.
  fileprivate func owned(by player: Player) -> Gradients {
    Gradients(entries.filter { player.owns($0.path) }, unused: unused.filter(player.owns))
  }
}
