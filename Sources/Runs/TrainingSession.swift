public import Datasets
public import LatentCore
import LatentNN
import Torch

/// A run folder with the method that is trained in it, held by this process alone.
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
  private let trainer: Trainer
  private let lock: RunLock
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
    let budget = request.effectiveBudget
    let record = try RunRecord(request, budget: budget)
    var made = MadeFolders()
    let folder = try RunFolder(
      in: request.parent, recipe: request.recipe.name, data: request.source, name: request.name,
      recording: &made)
    do {
      try self.init(
        folder: folder, lock: RunLock(folder), method: method, recipe: request.recipe,
        splits: request.splits, config: request.config, budget: budget, record: record,
        observe: observe)
      try folder.write(record)
    } catch {
      made.undo()
      throw error
    }
    self.made = made
  }

  /// A run that goes on where its last checkpoint was.
  ///
  /// Throws `FileError` if the run is damaged, its data have changed, or another process trains it;
  /// then nothing has been changed.
  public convenience init(
    resuming opened: OpenedRun, observe: @escaping (TrainingNotice) -> Void
  ) throws {
    let folder = opened.folder
    let lock = try RunLock(folder)
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
    try self.init(
      folder: folder, lock: lock, method: opened.method, recipe: opened.recipe,
      splits: try opened.splits(), config: opened.config, budget: budget, record: record,
      observe: observe)
    trainer.secondsBefore = secondsBefore
    try trainer.restore()
    folder.removeUnfinishedFiles()
    try folder.write(record)
  }

  private init(
    folder: RunFolder, lock: RunLock, method: any Method, recipe: any Recipe,
    splits: DatasetSplits, config: Config, budget: Budget, record: RunRecord,
    observe: @escaping (TrainingNotice) -> Void
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
      observe: observe)
    trainer.afterCheckpoint = { [unowned self] seconds in
      self.record.seconds = seconds
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

extension RunRecord {
  /// The record of a request, before its first step.
  fileprivate init(_ request: TrainingRequest, budget: Budget) throws {
    var config: [String: String] = [:]
    for member in request.config.json.members {
      config[member.name] = ConfigField.text(of: member.value)
    }
    let data = RunRecord.Data(
      source: request.source, fingerprint: try request.splits.fingerprint,
      trainingCount: request.splits.train.count,
      validationCount: request.splits.validation?.count ?? 0)
    self.init(
      recipe: request.recipe.name, config: config, seed: request.seed, data: data,
      schema: request.splits.train.schema, budget: budget.description,
      version: PackageIdentity.version, commit: PackageIdentity.commit,
      libtorch: TorchRuntime.version, device: Device.current.description,
      threads: TorchRuntime.threads, commandLine: request.commandLine, start: Timestamp.now)
  }
}
