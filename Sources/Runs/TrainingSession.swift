public import Datasets
public import LatentCore
import LatentNN
public import Parallel
import Torch

/// A run folder with the method that is trained in it, held by this process alone or, of several that train
/// together, by process 0.
public final class TrainingSession {
  /// The run's folder.
  public let folder: RunFolder
  /// The method, with the weights of the last step done.
  public let method: any Method
  /// The recipe.
  public let recipe: any Recipe
  /// The data.
  public let splits: DatasetSplits
  /// The effective settings.
  public let config: Config
  /// What `run.json` holds.
  public private(set) var record: RunRecord
  let trainer: Trainer
  /// Which terms that are minimised are no means over examples, so that several processes minimise
  /// something else than one would.
  public internal(set) var termsThatAreNoMeans: [String] = []
  /// Held by the process that writes.
  private let lock: RunLock?
  private var made = MadeFolders()

  /// A new run: makes its folder and writes its record.
  ///
  /// Throws `RecipeError` if the recipe does not fit the data or a setting the budget and `DeviceError` if
  /// the device lacks the precision, before anything is written, and `FileError` if the folder cannot
  /// be made; then nothing of it is left.
  public convenience init(
    _ request: TrainingRequest, observe: @escaping (TrainingNotice) -> Void
  ) throws {
    let method = try request.makeMethod()
    var record = try RunRecord(request, budget: request.effectiveBudget)
    record.processes = request.group?.size
    var made = MadeFolders()
    let folder = try request.makeFolder(recording: &made)
    do {
      let leads = request.group?.leads ?? true
      try self.init(
        folder: folder, lock: leads ? RunLock(folder) : nil, method: method,
        recipe: request.recipe, splits: request.splits, config: request.config,
        budget: request.effectiveBudget, record: record, group: request.group, observe: observe)
      if leads { try folder.write(record) }
      try checkGroup()
    } catch {
      made.undo()
      throw error
    }
    self.made = made
  }

  /// A run that goes on where its last checkpoint was.
  ///
  /// `splits` are its data where they are open already. Throws `FileError` if the run is damaged, its data
  /// have changed, or another process trains it; then nothing has been changed.
  public convenience init(
    resuming opened: OpenedRun, splits: DatasetSplits? = nil, group: (any ProcessGroup)? = nil,
    observe: @escaping (TrainingNotice) -> Void
  ) throws {
    let folder = opened.folder
    let leads = group?.leads ?? true
    let lock = leads ? try RunLock(folder) : nil
    // Who held the lock until now may have written since the run was opened.
    var record = try folder.record()
    guard let budget = Budget(record.budget) else {
      throw FileError(
        path: folder.file("run.json"), problem: "has no budget, found '\(record.budget)'",
        remedy: "restore the file from a copy")
    }
    let secondsBefore = record.seconds
    record.status = .running
    record.end = nil
    record.reason = nil
    record.processes = group?.size
    try self.init(
      folder: folder, lock: lock, method: opened.method, recipe: opened.recipe,
      splits: try splits.map(opened.checked) ?? opened.splits(), config: opened.config,
      budget: budget, record: record,
      group: group, observe: observe)
    trainer.secondsBefore = secondsBefore
    trainer.waitedBefore = record.waitingSeconds ?? 0
    try trainer.restore()
    try checkGroup()
    guard leads else { return }
    folder.removeUnfinishedFiles()
    try folder.write(record)
  }

  private init(
    folder: RunFolder, lock: RunLock?, method: any Method, recipe: any Recipe,
    splits: DatasetSplits, config: Config, budget: Budget, record: RunRecord,
    group: (any ProcessGroup)?, observe: @escaping (TrainingNotice) -> Void
  ) throws {
    self.lock = lock
    let options = TrainingSettings.options(config, budget: budget, seed: record.seed)
    let steps = options.scheduleLength(examples: splits.train.count)
    let optimizer = TrainingSettings.optimizer(
      config, for: method, steps: steps, examples: splits.train.count)
    self.folder = folder
    self.method = method
    self.recipe = recipe
    self.splits = splits
    self.config = config
    self.record = record
    trainer = Trainer(
      method: method, optimizer: optimizer, data: splits, options: options, folder: folder,
      group: group, observe: observe)
    trainer.afterCheckpoint = { [unowned self] in
      self.record.seconds = self.trainer.secondsInAll
      self.record.waitingSeconds = self.trainer.waitedInAll
      self.record.replay = self.trainer.captureSummary
      try self.folder.write(self.record)
    }
  }

  /// Trains to the end of the budget, or until `isStopped` says so after a step, and writes down how
  /// it ended.
  ///
  /// Throws `FileError` when the folder cannot be written to; the record then says so, if it can. A
  /// new run that has done no step is removed.
  public func train(
    until isStopped: () -> Bool = { StopRequest.isMade }
  ) throws -> TrainingOutcome {
    guard trainer.leads else { return try trainer.run(until: isStopped) }
    do {
      let outcome = try trainer.run(until: isStopped)
      switch outcome {
      case .finished: record.status = .finished
      case .interrupted: record.status = .interrupted
      case .diverged(let what, let step, _):
        record.status = .failed
        record.reason = "\(what) after step \(step)"
      }
      record.end = Timestamp.now
      try folder.write(record)
      return outcome
    } catch {
      guard folder.exists else { throw folder.removal }
      if trainer.state.step == 0, !made.isEmpty {
        made.undo()
        throw error
      }
      record.status = .failed
      record.reason = "\(error)"
      record.end = Timestamp.now
      try? folder.write(record)
      guard Checkpoint.exists(in: folder), let error = error as? FileError else { throw error }
      throw error.adding("then latent resume \(folder.path)")
    }
  }

  /// Puts the weights for use into the method and the method on the CPU, for what comes after training:
  /// those of the best validation if there was one, otherwise the last, averaged where averages are kept.
  ///
  /// Throws `FileError`, or a mismatch of the model's parts.
  public func loadBestWeights() throws {
    method.model.to(Device.cpu)
    let name = trainer.state.best == nil ? Checkpoint.last : Checkpoint.best
    try method.model.load(try Safetensors(path: folder.file(name)).tensors)
  }

  /// Seconds at work, in this process and before.
  public var seconds: Double { record.seconds }
}

extension FileError {
  /// The same with a second thing to do.
  fileprivate func adding(_ step: String) -> FileError {
    FileError(path: path, problem: problem, remedy: "\(remedy); \(step)")
  }
}
