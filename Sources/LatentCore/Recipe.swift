public import Datasets
public import Torch

/// A named way to train: a method with its settings, made to fit a data set.
///
/// The whole contract between methods and the command line: a recipe knows its settings and builds
/// a method; it knows nothing of commands, run folders or other recipes.
public protocol Recipe: Sendable {
  /// The name in `latent train NAME`.
  var name: String { get }
  /// What it trains, in one sentence.
  var summary: String { get }
  /// Where it comes from, the main source first.
  var citations: [Citation] { get }
  /// The settings of the method, beside those of every training.
  var settings: ConfigSchema { get }
  /// The updates that usually suffice, when the user names no budget.
  var defaultSteps: Int { get }
  /// The data in the form that the method learns from, such as a whole graph in place of its nodes; by default as
  /// they are.
  ///
  /// Throws `DatasetError` for data that have no such form.
  func form(_ splits: DatasetSplits) throws -> DatasetSplits
  /// A fresh method for this kind of data.
  ///
  /// Throws `RecipeError` for data that the method has no use for.
  func make(_ config: Config, data: DatasetSchema, using generator: Generator) throws -> any Method
}

extension Recipe {
  /// The data as they are.
  public func form(_ splits: DatasetSplits) throws -> DatasetSplits { splits }
}

/// A recipe that does not fit the data or its own settings: what, and what to do.
public struct RecipeError: Error, CustomStringConvertible, Sendable {
  /// What was expected and found, in one line.
  public let problem: String
  /// What the user can do, in one line.
  public let remedy: String

  /// A problem and its remedy.
  public init(_ problem: String, remedy: String) {
    self.problem = problem
    self.remedy = remedy
  }

  /// The problem.
  public var description: String { problem }
}
