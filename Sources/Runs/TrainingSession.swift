public import Datasets
public import LatentCore
import LatentNN
import Torch

/// What a run is asked to do.
public struct TrainingRequest {
  /// The recipe.
  public var recipe: any Recipe
  /// The recipe's settings and those of every training.
  public var config: Config
  /// The data as the user named it.
  public var source: String
  /// The data.
  public var splits: DatasetSplits
  /// How long, or nil for the recipe's usual number of steps.
  public var budget: Budget?
  /// The number that all randomness comes from.
  public var seed: UInt64
  /// The folder that run folders are made in.
  public var parent: String
  /// The run folder's name, or nil for one made of date, recipe and data.
  public var name: String?
  /// The command as it was given.
  public var commandLine: [String]

  /// A request with seed 0 and a name of the package's making.
  public init(
    recipe: any Recipe, config: Config, source: String, splits: DatasetSplits,
    budget: Budget? = nil, seed: UInt64 = 0, parent: String = "runs", name: String? = nil,
    commandLine: [String] = []
  ) {
    self.recipe = recipe
    self.config = config
    self.source = source
    self.splits = splits
    self.budget = budget
    self.seed = seed
    self.parent = parent
    self.name = name
    self.commandLine = commandLine
  }
}

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

  /// A new run: makes its folder and writes its record.
  ///
  /// Throws `RecipeError` if the recipe does not fit the data, before anything is written, and
  /// `FileError` if the folder cannot be made.
  public convenience init(
    _ request: TrainingRequest, observe: @escaping (TrainingNotice) -> Void
  ) throws {
    let initial = Generator(seed: SeedPurpose.initialisation.seed(for: request.seed))
    let method = try request.recipe.make(
      request.config, data: request.splits.train.schema, using: initial)
    let budget = request.budget ?? usualBudget(request)
    let folder = try RunFolder(
      in: request.parent, recipe: request.recipe.name, data: request.source, name: request.name)
    var config: [String: String] = [:]
    for member in request.config.json.members {
      config[member.name] = ConfigField.text(of: member.value)
    }
    let data = RunRecord.Data(
      source: request.source, fingerprint: try request.splits.fingerprint,
      trainingCount: request.splits.train.count,
      validationCount: request.splits.validation?.count ?? 0)
    let record = RunRecord(
      recipe: request.recipe.name, config: config, seed: request.seed, data: data,
      schema: request.splits.train.schema,
      budget: budget.description, version: PackageIdentity.version,
      commit: PackageIdentity.commit, libtorch: TorchRuntime.version,
      device: Device.current.description, threads: TorchRuntime.threads,
      commandLine: request.commandLine, start: Timestamp.now)
    try self.init(
      folder: folder, method: method, recipe: request.recipe, splits: request.splits,
      config: request.config, budget: budget, record: record, observe: observe)
  }

  /// A run that goes on where its last checkpoint was.
  ///
  /// Throws `FileError` if the run is damaged, its data have changed, or another process trains it.
  public convenience init(
    resuming opened: OpenedRun, observe: @escaping (TrainingNotice) -> Void
  ) throws {
    var record = opened.record
    guard let budget = Budget(record.budget) else {
      throw FileError(
        path: opened.folder.file("run.json"), problem: "has no budget, found '\(record.budget)'",
        remedy: "restore the file from a copy")
    }
    record.status = .running
    record.end = nil
    record.reason = nil
    let splits = try opened.splits()
    try self.init(
      folder: opened.folder, method: opened.method, recipe: opened.recipe, splits: splits,
      config: opened.config, budget: budget, record: record, observe: observe)
    try trainer.restore()
  }

  private init(
    folder: RunFolder, method: any Method, recipe: any Recipe, splits: DatasetSplits,
    config: Config, budget: Budget, record: RunRecord,
    observe: @escaping (TrainingNotice) -> Void
  ) throws {
    lock = try RunLock(folder)
    let options = TrainingSettings.options(config, budget: budget, seed: record.seed)
    let steps = options.steps(examples: splits.train.count)
    let optimizer = TrainingSettings.optimizer(config, for: method, steps: steps)
    self.folder = folder
    self.method = method
    self.recipe = recipe
    self.splits = splits
    self.config = config
    self.record = record
    trainer = Trainer(
      method: method, optimizer: optimizer, data: splits, options: options, folder: folder,
      observe: observe)
    try folder.write(record)
  }

  /// Trains to the end of the budget, or until it is stopped, and writes down how it ended.
  ///
  /// Throws `FileError` when the folder cannot be written to; the record then says so, if it can.
  public func train() throws -> TrainingOutcome {
    do {
      let outcome = try trainer.run()
      switch outcome {
      case .finished: record.status = .finished
      case .interrupted: record.status = .interrupted
      case .diverged(let term, let step):
        record.status = .failed
        record.reason = "\(term) was no finite number at step \(step)"
      }
      record.end = Timestamp.now
      try folder.write(record)
      return outcome
    } catch {
      record.status = .failed
      record.reason = "\(error)"
      record.end = Timestamp.now
      try? folder.write(record)
      throw error
    }
  }

  /// Loads the weights of the best validation, if there was one, for what comes after training.
  ///
  /// Throws `FileError`, or a mismatch of the model's parts.
  public func loadBestWeights() throws {
    guard trainer.state.best != nil else { return }
    try method.model.load(try Safetensors(path: folder.file(Checkpoint.best)).tensors)
  }

  /// Seconds at work, in this process and before.
  public var seconds: Double { trainer.secondsInAll }
}

/// The recipe's usual number of steps in whole epochs.
private func usualBudget(_ request: TrainingRequest) -> Budget {
  let options = TrainingSettings.options(request.config, budget: .steps(0), seed: 0)
  let count = request.splits.train.count
  let batches = (count + options.batchSize - 1) / options.batchSize
  return .epochs(max((request.recipe.defaultSteps + batches - 1) / max(batches, 1), 1))
}

extension TrainingOptions {
  /// Updates in all; for a budget in minutes a guess that schedules can use.
  func steps(examples: Int) -> Int {
    switch budget {
    case .epochs(let count): count * ((examples + batchSize - 1) / batchSize)
    case .steps(let count): count
    case .minutes: 10_000
    }
  }
}
