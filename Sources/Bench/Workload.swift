public import Datasets
public import LatentCore
import LatentModels
public import Torch

/// One thing that is timed here and in other frameworks: what is done, and how much faster it ought to be.
///
/// Our side is always a recipe as `latent train` makes it; the peers' side is `Benchmarks/peers`, a file of the same name
/// without hyphens.
public struct Workload: Sendable {
  /// What is timed.
  public enum Work: Sendable {
    /// Steps of training on one batch.
    case training
    /// Draws of this many examples from a new model.
    case sampling(Int)
    /// From the start of a process to its first example.
    case firstSample
    /// From the start of a process to the end of so many steps of a model for each weight of the rate and each seed.
    case sweep(betas: [Double], seeds: Int, steps: Int)
    /// A batch of so many rendered sprites.
    case sprites(Int)
    /// An epoch of a compressed file of digits.
    case digits

    /// Whether it is timed once a process, from the process's start.
    public var isOnce: Bool {
      switch self {
      case .firstSample, .sweep: true
      default: false
      }
    }
  }

  /// What `--only` calls it.
  public let name: String
  /// What it is, for people.
  public let summary: String
  /// The best peer's time over ours that is aimed at.
  public let target: Double
  /// What is timed.
  public let work: Work
  /// The recipe that makes the method.
  public let recipe: String
  /// The recipe's settings, beside its defaults.
  public let settings: JSONObject
  /// What the data are.
  public let schema: DatasetSchema
  /// The examples of a batch.
  public let batchSize: Int
  /// Why a peer does not take part, by its name.
  public let absent: [String: String]
  /// Examples of the shape of `schema`, `[n] + exampleShape`.
  public let examples: @Sendable (_ count: Int, _ generator: Generator) -> Tensor

  /// A workload.
  public init(
    _ name: String, _ summary: String, target: Double, work: Work = .training, recipe: String,
    settings: JSONObject = [:], schema: DatasetSchema, batchSize: Int,
    absent: [String: String] = [:],
    examples: @escaping @Sendable (_ count: Int, _ generator: Generator) -> Tensor
  ) {
    (self.name, self.summary, self.target, self.work) = (name, summary, target, work)
    (self.recipe, self.settings, self.schema) = (recipe, settings, schema)
    (self.batchSize, self.absent, self.examples) = (batchSize, absent, examples)
  }

  /// The number of examples of the data that batches are said to be from.
  public static let exampleCount = 60_000

  /// The recipe's method for these data, with weights of `seed` and further settings; throws what recipes and settings throw.
  public func makeMethod(seed: UInt64 = 0, _ further: JSONObject = [:]) throws -> any Method {
    guard let recipe = Recipes.named(recipe) else {
      preconditionFailure("workload \(name) names the recipe \(recipe), which there is not")
    }
    var config = Config(recipe.settings)
    try config.apply(settings, from: "workload \(name)")
    try config.apply(further, from: "workload \(name)")
    return try recipe.make(config, data: schema, using: Generator(seed: seed))
  }

  /// A batch of examples drawn with seed 1; a smaller one for tests.
  public func makeBatch(of count: Int? = nil) -> Batch {
    let count = count ?? batchSize
    return Batch(
      examples: examples(count, Generator(seed: 1)), indices: Array(0..<count))
  }
}

/// Ones with probability ½ each, as `[n] + shape`.
func randomBits(_ shape: [Int]) -> @Sendable (Int, Generator) -> Tensor {
  { count, generator in
    (Tensor.rand([count] + shape, using: generator) .< 0.5).to(.float32)
  }
}

/// Grey levels of 0 … 1 that vary smoothly, as `[n] + shape` of rank 3.
func smoothPictures(_ shape: [Int]) -> @Sendable (Int, Generator) -> Tensor {
  { count, generator in
    let coarse = Tensor.rand([count, shape[0], 8, 8], using: generator)
    return interpolated(coarse, size: Array(shape.dropFirst()), mode: .nearest)
  }
}
