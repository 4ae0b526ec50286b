public import Datasets
import Distributions
public import LatentCore
import LatentNN
public import Torch

/// A trained method with the data that a diagnosis looks at it by.
public final class Patient {
  /// The method.
  public let method: any Method
  /// Training examples, up to `limit` of them.
  public let train: Tensor
  /// Held-out examples that nothing was chosen by, up to `limit`.
  public let held: Tensor
  /// The settings of the run, for remedies that name them.
  public let settings: [String: String]
  /// Where all randomness comes from.
  public let seed: UInt64
  /// Noise for the check that runs.
  public internal(set) var generator: Generator
  /// Training and held-out rows as hashes, for exact copies: all of them.
  let copies: CopyCount

  /// How many examples of each part are looked at.
  public static let limit = 1000

  /// A patient with its data.
  ///
  /// Throws what reading the data throws.
  public init(
    _ method: any Method, train: any Dataset, held: any Dataset, settings: [String: String],
    seed: UInt64
  ) throws {
    self.method = method
    self.settings = settings
    self.seed = seed
    generator = Generator(seed: seed)
    self.train = try Patient.sample(train, using: Generator(seed: seed))
    self.held = try Patient.sample(held, using: Generator(seed: seed))
    copies = try CopyCount(train: train, held: held)
  }

  private static func sample(_ data: any Dataset, using generator: Generator) throws -> Tensor {
    let count = min(limit, data.count)
    let rows = Tensor.randperm(data.count, using: generator)[0..<count].scalars(as: Int.self)
    return try data.batch(rows.sorted()).examples.to(.current)
  }

  /// The method's inside, if it shows it.
  var inside: (any Inspectable)? { method as? any Inspectable }

  /// q(z|x) of the held-out examples as a diagonal Gaussian, with its targets; nil for another kind.
  private(set) lazy var gaussian: (normal: Normal, targets: Tensor)? = {
    guard let inside else { return nil }
    let targets = inside.targets(held, using: Generator(seed: seed))
    guard let posterior = inside.posterior(of: targets) as? GaussianPosterior else { return nil }
    return (posterior.normal, targets)
  }()

  /// Whether the prior is the standard normal distribution, so that rates are per dimension.
  private(set) lazy var hasStandardPrior: Bool = {
    guard let inside else { return false }
    let one = inside.targets(held[0..<1], using: Generator(seed: seed))
    return (inside.posterior(of: one) as? GaussianPosterior)?.prior == nil
  }()

  /// KL(q(z|x) ‖ N(0, 1)) of each held-out example and dimension in nats, [n, d]; nil without a
  /// Gaussian posterior.
  private(set) lazy var rates: Tensor? = gaussian.map { found in
    found.normal.klDivergence(to: StandardNormal(found.normal.batchShape))
  }

  /// The value of a numeric setting, or nil.
  func number(_ key: String) -> Double? { settings[key].flatMap { Double($0) } }
}
