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
  var order: BatchOrder
  let noise: Generator
  var state = TrainingState()
  var clock = Clock()
  let observe: (TrainingNotice) -> Void
  /// Seconds at work before this process.
  var secondsBefore = 0.0
  /// Updates done before this process.
  var firstStep = 0
  /// Takes the seconds at work each time that a checkpoint is written.
  var afterCheckpoint: (Double) throws -> Void = { _ in }

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

  /// Trains until the budget is used up, `isStopped` says so after a step, or a number is not finite.
  ///
  /// Throws `FileError` when the folder cannot be written to; what was reported is kept.
  public func run(
    until isStopped: () -> Bool = { StopRequest.isMade }
  ) throws -> TrainingOutcome {
    let log = try EventLog(folder, keeping: state.eventLength)
    clock = Clock()
    firstStep = state.step
    do {
      return try train(log, until: isStopped)
    } catch let found as Divergence {
      return .diverged(found.what, step: found.step)
    }
  }

  private func train(_ log: EventLog, until isStopped: () -> Bool) throws -> TrainingOutcome {
    var lastCheckpoint = clock.seconds
    if state.step == 0 { try checkpoint(log) }
    while !isBudgetUsed {
      if isStopped() {
        try checkpoint(log)
        return .interrupted
      }
      try step()
      if state.step.isMultiple(of: options.logInterval) { try report(log) }
      if order.epoch >= state.nextValidation { try validate(log) }
      if clock.seconds - lastCheckpoint >= options.checkpointSeconds {
        try checkpoint(log)
        lastCheckpoint = clock.seconds
      }
    }
    if !state.running.isEmpty { try report(log) }
    try checkpoint(log)
    return .finished
  }
}

/// Stops training when something is no finite number.
struct Divergence: Error {
  let what: String
  let step: Int
}

extension Trainer {
  /// Writes the state down; throws `FileError`, or `Divergence` for weights that are no numbers, so
  /// that the checkpoint on the disk is always a good one.
  private func checkpoint(_ log: EventLog) throws {
    let model = method.model.state
    for (path, tensor) in model.sorted(by: { $0.key < $1.key }) where tensor.dtype.isFloatingPoint {
      guard tensor.isFinite.all().item() != 0 else {
        throw Divergence(what: "the weight \(path)", step: state.step)
      }
    }
    try log.flush()
    state.eventLength = log.length
    let checkpoint = Checkpoint(
      model: model, optimizer: optimizer.state, generators: ["noise": noise.state],
      state: state, order: order.state)
    try checkpoint.write(to: folder)
    try afterCheckpoint(secondsInAll)
  }

  /// Puts the trainer where the run's last checkpoint was, or at the beginning if the run was killed
  /// before it had one.
  ///
  /// Throws `FileError` for a checkpoint that is missing after the first event, damaged, or of
  /// another method, optimiser or data.
  public func restore() throws {
    guard Checkpoint.exists(in: folder) || EventLog.isBegun(folder) else { return }
    let checkpoint = try Checkpoint(from: folder)
    // Before the order is drawn, which takes as much memory as it has examples.
    guard checkpoint.order.count == data.train.count,
      checkpoint.order.batchSize == options.batchSize
    else {
      throw checkpoint.refused(
        folder,
        "expected batches of \(options.batchSize) from \(data.train.count) examples, "
          + "found \(checkpoint.order.batchSize) from \(checkpoint.order.count)")
    }
    guard checkpoint.state.isPlausible else {
      throw checkpoint.refused(folder, "has counters that no run can reach")
    }
    do {
      try method.model.load(checkpoint.model)
      try optimizer.load(checkpoint.optimizer)
      order = try BatchOrder(restoring: checkpoint.order)
    } catch {
      throw checkpoint.refused(folder, "does not fit the run: \(error)")
    }
    guard let random = checkpoint.generators["noise"],
      (try? withTorchErrors { noise.state = random }) != nil
    else { throw checkpoint.refused(folder, "holds no state of the random numbers") }
    state = checkpoint.state
  }
}
