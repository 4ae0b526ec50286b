public import Torch

/// A data set in memory: one tensor of examples, with labels and factors beside it if known.
///
/// Examples may be stored as bytes and are then divided by `divisor` when a batch is made, which
/// keeps images four times smaller. PyTorch: `torch.utils.data.TensorDataset`.
public final class TensorDataset: Dataset {
  /// What the user called it.
  public let name: String
  /// What one example is.
  public let schema: DatasetSchema
  /// The number of examples.
  public let count: Int
  private let examples: Tensor
  private let divisor: Int
  private let labels: Tensor?
  private let factors: Tensor?
  private let extras: [String: Tensor]
  private let captions: [String]?
  private var knownFingerprint: String?

  /// A set of `examples` [n] + `schema.exampleShape`, `labels` [n] int64, `factors` [n, k] and
  /// `extras` [n, …]; a batch holds examples / `divisor` in float32 (int64 for tokens).
  ///
  /// Throws `DatasetError` when shapes or counts disagree with each other or with the schema.
  public init(
    name: String, schema: DatasetSchema, examples: Tensor, divisor: Int = 1,
    labels: Tensor? = nil, factors: Tensor? = nil, extras: [String: Tensor] = [:],
    captions: [String]? = nil
  ) throws {
    self.name = name
    self.schema = schema
    self.count = examples.shape.first ?? 0
    self.examples = examples
    self.divisor = divisor
    self.labels = labels
    self.factors = factors
    self.extras = extras
    self.captions = captions
    try check("examples", examples, [count] + schema.exampleShape)
    if let labels { try check("labels", labels, [count]) }
    if let factors { try check("factors", factors, [count, schema.factors?.count ?? 0]) }
    for (name, part) in extras { try check(name, part, [count] + part.shape.dropFirst()) }
    if let captions, captions.count != count {
      throw mismatch("captions", "\(count)", "\(captions.count)")
    }
  }

  /// Hashed once, at the first question.
  public var fingerprint: String {
    if let knownFingerprint { return knownFingerprint }
    let hash = Fingerprint(kind: schema.kind, divisor: divisor)
    hash.part("examples", examples)
    hash.part("labels", labels)
    hash.part("factors", factors)
    for (name, part) in extras.sorted(by: { $0.key < $1.key }) { hash.part(name, part) }
    let value = hash.value()
    knownFingerprint = value
    return value
  }

  /// The examples with these indices; throws `DatasetError` for one that does not exist.
  public func batch(_ indices: [Int]) throws -> Batch {
    try check(indices)
    let rows = Tensor(indices)
    return Batch(
      examples: values(examples.selected(rows, dim: 0)),
      labels: labels?.selected(rows, dim: 0),
      factors: factors?.selected(rows, dim: 0),
      extras: extras.mapValues { $0.selected(rows, dim: 0) },
      captions: captions.map { all in indices.map { all[$0] } },
      indices: indices)
  }

  private func values(_ stored: Tensor) -> Tensor {
    if schema.kind == .tokens { return stored.to(.int64) }
    let numbers = stored.to(.float32)
    return divisor == 1 ? numbers : numbers / divisor
  }

  private func check(_ part: String, _ tensor: Tensor, _ expected: [Int]) throws {
    guard tensor.shape == expected else {
      throw mismatch(part, "shape \(expected)", "\(tensor.shape)")
    }
  }

  private func mismatch(_ part: String, _ expected: String, _ found: String) -> DatasetError {
    DatasetError(
      .usage, subject: name, problem: "\(part): expected \(expected), found \(found)",
      remedy: "give every part one entry an example, in the schema's shape")
  }
}
