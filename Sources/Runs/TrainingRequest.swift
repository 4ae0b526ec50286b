public import Datasets
public import LatentCore
public import Parallel
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
  /// The processes that train together; nil for this one alone.
  public var group: (any ProcessGroup)?

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

extension TrainingRequest {
  /// A fresh method with weights from the run's seed, on the CPU, so that they are the same for every device.
  ///
  /// Throws `RecipeError` if recipe, data, settings and budget do not go together and `DeviceError` if the
  /// present device lacks the precision.
  package func makeMethod() throws -> any Method {
    let options = TrainingSettings.options(config, budget: effectiveBudget, seed: seed)
    try TrainingSettings.checkLength(config, options)
    try options.precision.check(on: .current)
    return try withDevice(.cpu) {
      try recipe.make(
        config, data: splits.train.schema,
        using: Generator(seed: SeedPurpose.initialisation.seed(for: seed)))
    }
  }

  /// The budget that was asked for, or the recipe's usual number of steps in whole epochs.
  public var effectiveBudget: Budget {
    if let budget { return budget }
    let options = TrainingSettings.options(config, budget: .steps(0), seed: seed)
    let updates = options.updatesPerEpoch(examples: splits.train.count)
    return .epochs(max((recipe.defaultSteps + updates - 1) / updates, 1))
  }
}
