public import Datasets
public import LatentCore
public import LatentLearning
import LatentNN
import Torch

/// Drives a method through its data: updates, validation, checkpoints, events.
///
/// A run is a function of its config, seed and data: interrupted anywhere and resumed, it ends with
/// the same bits, because all it depends on is in the checkpoint. Selection of `best` is by the
/// method's own term on validation data; test data is never read here.
public final class Trainer {
  let method: any Method
  let optimizer: Optimizer
  let data: DatasetSplits
  let options: TrainingOptions
  let folder: RunFolder
  private var order: BatchOrder
  let noise: Generator
  var state = TrainingState()
  private var clock = Clock()
  private let observe: (TrainingNotice) -> Void

  /// A run of `method` on `data` into `folder`, from the beginning.
  public init(
    method: any Method, optimizer: Optimizer, data: DatasetSplits, options: TrainingOptions,
    folder: RunFolder, observe: @escaping (TrainingNotice) -> Void
  ) {
    self.method = method
    self.optimizer = optimizer
    self.data = data
    self.options = options
    self.folder = folder
    self.observe = observe
    order = BatchOrder(
      count: data.train.count, batchSize: options.batchSize,
      seed: SeedPurpose.order.seed(for: options.seed))
    noise = Generator(seed: SeedPurpose.noise.seed(for: options.seed))
  }

  /// Trains until the budget is used up, a request to stop comes, or a term is not finite.
  ///
  /// Throws `FileError` when the folder cannot be written to; what was reported is kept.
  public func run() throws -> TrainingOutcome {
    let log = try EventLog(folder, keeping: state.eventLength)
    clock = Clock()
    var lastCheckpoint = clock.seconds
    let firstStep = state.step
    if state.step == 0 { try checkpoint(log) }
    while !isBudgetUsed {
      if StopRequest.isMade {
        try checkpoint(log)
        return .interrupted
      }
      if let term = try step() { return .diverged(term: term, step: state.step) }
      if state.step.isMultiple(of: options.logInterval) { try report(log, firstStep: firstStep) }
      if order.epoch >= state.nextValidation, try !validate(log) { break }
      if clock.seconds - lastCheckpoint > options.checkpointSeconds {
        try checkpoint(log)
        lastCheckpoint = clock.seconds
      }
    }
    if !state.running.isEmpty { try report(log, firstStep: firstStep) }
    try checkpoint(log)
    return .finished
  }

  /// One update; returns the name of a term that is not finite, before anything has changed by it.
  private func step() throws -> String? {
    let batch = try data.train.batch(order.next())
    let place = Step(
      index: state.step, epoch: order.epoch, exampleCount: data.train.count, generator: noise)
    for player in method.players {
      let (_, terms, gradients) = valueAndGradient(of: method.model) { _ in
        let terms = method.terms(batch, place)
        let total = terms.total(for: player.name)
        return (total ?? Tensor(0), terms.numbers)
      }
      if let bad = terms.first(where: { !$0.value.isFinite }) { return bad.name }
      let own = method.players.count == 1 ? gradients : gradients.owned(by: player)
      optimizer.update(with: options.gradientClip.map { own.clipped(toNorm: $0) } ?? own)
      if player.name == method.players.first?.name {
        state.running.add(terms, count: batch.indices.count)
      }
    }
    method.afterStep(place)
    state.step += 1
    return nil
  }

  private func report(_ log: EventLog, firstStep: Int) throws {
    let event = Event(
      step: state.step, epoch: epochsDone, split: "train",
      terms: state.running.quantities)
    try log.append(event)
    let progress = TrainingProgress(
      step: state.step, totalSteps: totalSteps, epoch: epochsDone,
      fraction: fractionDone, seconds: clock.seconds, firstStep: firstStep,
      terms: state.running.means)
    state.running = RunningMeans()
    observe(.progress(progress))
  }

  /// Reads the validation data; returns false when patience is used up.
  private func validate(_ log: EventLog) throws -> Bool {
    state.nextValidation = order.epoch + options.validationInterval
    guard let held = data.validation else { return true }
    let means = try heldOutMeans(
      of: method, on: held, seed: SeedPurpose.validation.seed(for: options.seed))
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
    return state.validationsSinceBest <= options.patience ?? .max
  }

  private func checkpoint(_ log: EventLog) throws {
    log.flush()
    state.eventLength = log.length
    var kept = state
    kept.seconds += clock.seconds
    let checkpoint = Checkpoint(
      model: method.model.state, optimizer: optimizer.state, generators: ["noise": noise.state],
      state: kept, order: order.state)
    try checkpoint.write(to: folder)
  }

  /// Puts the trainer where the run's last checkpoint was.
  ///
  /// Throws `FileError`, or a mismatch of the model's or the optimiser's parts.
  public func restore() throws {
    let checkpoint = try Checkpoint(from: folder)
    try method.model.load(checkpoint.model)
    try optimizer.load(checkpoint.optimizer)
    if let state = checkpoint.generators["noise"] { noise.state = state }
    order = try BatchOrder(restoring: checkpoint.order)
    state = checkpoint.state
  }
}

extension Trainer {
  private var epochsDone: Double {
    Double(order.epoch) + Double(order.position) / Double(order.count)
  }

  /// Seconds at work, in this process and before.
  var secondsInAll: Double { state.seconds + clock.seconds }

  private var isBudgetUsed: Bool {
    switch options.budget {
    case .epochs(let count): order.epoch >= count
    case .steps(let count): state.step >= count
    case .minutes(let length): secondsInAll >= length * 60
    }
  }

  private var totalSteps: Int {
    switch options.budget {
    case .epochs(let count): count * order.batchesPerEpoch
    case .steps(let count): count
    case .minutes: Int(Double(state.step) / max(fractionDone, 1e-9))
    }
  }

  private var fractionDone: Double {
    switch options.budget {
    case .epochs(let count): min(epochsDone / Double(max(count, 1)), 1)
    case .steps(let count): min(Double(state.step) / Double(max(count, 1)), 1)
    case .minutes(let length): min(secondsInAll / max(length * 60, 1e-9), 1)
    }
  }
}

extension Gradients {
  /// The gradients of the parameters that a player owns.
  fileprivate func owned(by player: Player) -> Gradients {
    Gradients(entries.filter { player.owns($0.path) }, unused: unused.filter(player.owns))
  }
}
