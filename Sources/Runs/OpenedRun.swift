public import Datasets
public import LatentCore
import FoundationEssentials
import LatentNN
import Torch

/// A run on the disk with its method rebuilt, for commands that use what was trained.
public final class OpenedRun {
  /// The run's folder.
  public let folder: RunFolder
  /// What `run.json` holds.
  public let record: RunRecord
  /// The recipe that the run was made with.
  public let recipe: any Recipe
  /// The effective settings.
  public let config: Config
  /// The method, with fresh weights until `loadWeights`.
  public let method: any Method
  private let dataFolder: String?

  /// Reads a run and builds its method for the kind of data it was trained on.
  ///
  /// Throws `FileError` if the folder holds no run or a damaged one, or names a recipe that this
  /// version lacks.
  public init(
    _ path: String, recipes: [any Recipe], dataFolder: String? = nil
  ) throws {
    folder = try RunFolder(existing: path)
    record = try folder.record()
    self.dataFolder = dataFolder
    (recipe, config) = try record.recipe(among: recipes, in: folder)
    let generator = Generator(seed: SeedPurpose.initialisation.seed(for: record.seed))
    // Weights are drawn on the CPU, whatever the device.
    let (found, settings, schema) = (recipe, config, record.schema)
    method = try withDevice(.cpu) { try found.make(settings, data: schema, using: generator) }
  }

  /// Loads the weights of the best validation if there are any, otherwise the last ones.
  ///
  /// Returns which. Throws `FileError` for a missing or damaged file (last weights never stand in for
  /// damaged best ones), or a mismatch of the model's parts.
  @discardableResult
  public func loadWeights(_ choice: Weights = .bestOrLast) throws -> Weights {
    let best = folder.file(Checkpoint.best)
    if choice == .best || (choice == .bestOrLast && FileManager.default.fileExists(atPath: best)) {
      try method.model.load(try Safetensors(path: best).tensors)
      return .best
    }
    try method.model.load(try Safetensors(path: folder.file(Checkpoint.last)).tensors)
    return .last
  }

  /// Which weights of a run.
  public enum Weights: String, Sendable {
    /// Those of the best validation.
    case best
    /// Those of the last step.
    case last
    /// The best if there are any, otherwise the last.
    case bestOrLast
  }

  /// Opens the run's data and checks that they are what the run was trained on.
  ///
  /// Data that came with an imported run, in its folder `data`, are taken before others. Throws
  /// `FileError` if the fingerprint is another one, and what opening the data throws.
  public func splits() throws -> DatasetSplits {
    let opened = try ownData() ?? DatasetRegistry.open(record.data.source, dataFolder: dataFolder)
    return try checked(recipe.form(opened))
  }

  /// `splits` if they are what the run was trained on; throws `FileError` otherwise.
  func checked(_ splits: DatasetSplits) throws -> DatasetSplits {
    let found = try splits.fingerprint
    guard found == record.data.fingerprint else {
      throw FileError(
        path: record.data.source,
        problem: "has changed since the run: expected \(record.data.fingerprint), found \(found)",
        remedy: "restore the data that the run was trained on")
    }
    return splits
  }

  /// The data that the run's folder holds, if it holds any.
  private func ownData() throws -> DatasetSplits? {
    let own = folder.file(RunFolder.dataFolder)
    guard FileManager.default.fileExists(atPath: own) else { return nil }
    let source = record.data.source
    guard case .own(let path, let options)? = try? SourcePlace(of: source, dataFolder: own) else {
      return try DatasetRegistry.open(source, dataFolder: own)
    }
    return try DatasetRegistry.open("\(own)/\(FilePath.lastComponent(path))\(options)")
  }
}

extension RunRecord {
  /// The recipe of the run among `recipes`, and its effective settings.
  ///
  /// Throws `FileError` about the `run.json` of `folder` for a recipe or a setting that this version
  /// lacks.
  public func recipe(
    among recipes: [any Recipe], in folder: RunFolder
  ) throws -> (recipe: any Recipe, config: Config) {
    func refused(_ problem: String) -> FileError {
      FileError(
        path: folder.file("run.json"), problem: problem,
        remedy: "use the version \(version) of the package that made the run")
    }
    guard let found = recipes.first(where: { $0.name == recipe }) else {
      throw refused("names the recipe '\(recipe)', which is not known")
    }
    var settings = Config(found.settings + TrainingSettings.schema)
    for (key, value) in config.sorted(by: { $0.key < $1.key }) {
      do {
        try settings.set("\(key)=\(value)")
      } catch {
        throw refused("has a setting that is refused: \(error.message)")
      }
    }
    return (found, settings)
  }
}
