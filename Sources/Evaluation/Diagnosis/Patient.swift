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
  /// The settings of the run, for remedies that change them.
  public let config: Config
  /// Where all randomness comes from.
  public let seed: UInt64
  /// Noise for the check that runs.
  public internal(set) var generator: Generator
  /// Training and held-out rows as hashes, for exact copies: all of them; nil if they are not looked for,
  /// and for one graph, whose parts share it.
  let copies: CopyCount?
  /// A few training examples with all that the data say of them.
  private let batch: Batch

  /// How many examples of each part are looked at.
  public static let limit = 1000

  /// A patient with its data.
  ///
  /// Remedies are made of the settings that `config` has. Looking for copies reads all of the data. Throws what
  /// reading the data throws.
  public init(
    _ method: any Method, train: any Dataset, held: any Dataset, config: Config, seed: UInt64,
    looksForCopies: Bool = true
  ) throws {
    self.method = method
    self.config = config
    self.seed = seed
    generator = Generator(seed: seed)
    self.train = try Patient.sample(train, using: Generator(seed: seed))
    self.held = try Patient.sample(held, using: Generator(seed: seed))
    copies =
      looksForCopies && train.schema.kind != .graph
      ? try CopyCount(train: train, held: held) : nil
    batch = try train.batch(Array(0..<min(2, train.count)))
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

  /// KL(q(z|x) ‖ p(z)) of the held-out examples in nats: the mean of all dimensions together, and each
  /// example's and dimension's [n, d] where all are known in closed form; nil without a density.
  private(set) lazy var codeRates: (total: Double, each: Tensor?)? = {
    guard let inside else { return nil }
    let targets = inside.targets(held, using: Generator(seed: seed))
    let rates = inside.posterior(of: targets).draw(using: Generator(seed: seed)).rates
    guard !rates.isEmpty else { return nil }
    let total = rates.reduce(0) { $0 + $1.perExample.to(.float64).mean().item() }
    let isClosed = rates.allSatisfy { $0.isExact && $0.value.rank > 1 }
    return (total, isClosed ? concatenated(rates.map { $0.value.flattened(from: 1) }, dim: 1) : nil)
  }()

  /// The objective's terms of a few examples.
  private lazy var terms: Terms = {
    let step = Step(
      index: 0, epoch: 0, exampleCount: batch.count, generator: Generator(seed: seed))
    var own = batch
    own.examples = own.examples.to(.current)
    own.labels = own.labels?.to(.current)
    return method.heldOutTerms(own, step)
  }()

  /// Which numbers of a step the objective follows.
  var obeyed: RateSettings { terms.obeyed }

  /// The weight of the rate in what is minimised, β; nil for an objective that has no rate of its own.
  var rateWeight: Double? {
    guard case .minimised(_, let weight)? = terms["rate"]?.role else { return nil }
    return weight
  }

  /// The value of a numeric setting, or nil.
  func number(_ key: String) -> Double? {
    switch config.json[key] {
    case .double(let value): value
    case .int(let value): Double(value)
    default: nil
    }
  }

  /// The value of a setting that is a word, or nothing.
  func word(_ key: String) -> String {
    if case .string(let value) = config.json[key] { value } else { "" }
  }
}
