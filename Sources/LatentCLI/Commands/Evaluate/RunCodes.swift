import Datasets
import Evaluation
import LatentCore
import LatentNN
import Torch

/// The codes of a run's data beside their factors, encoded when they are asked for.
final class RunCodes {
  /// Which code of an example.
  enum Kind: CaseIterable {
    /// The representative code, the posterior's mean where there is one.
    case mean
    /// One draw from the posterior.
    case sampled

    /// What is added to the names of its metrics.
    var suffix: String { self == .mean ? "" : MetricSelection.sampled }
  }

  /// How the codes are measured.
  let options: MetricOptions
  // A grid larger than this is not encoded as a whole; its rows then come from the test data.
  private static let gridLimit = 30_000
  private let method: any Method & Encodes
  private let test: any Dataset
  private let grid: (any FactorGrid)?
  private var gridTables: [Kind: CodesAndFactors] = [:]

  init(
    _ method: any Method & Encodes, test: any Dataset, grid: (any FactorGrid)?, seed: UInt64
  ) {
    (self.method, self.test, self.grid) = (method, test, grid)
    // 63 bits, which every reader of JSON keeps.
    options = MetricOptions(seed: seed & UInt64(Int64.max))
  }

  /// The mean code, and draws where the method has a posterior and the data have factors.
  var kinds: [Kind] {
    method is any Infers && test.schema.factors != nil ? [.mean, .sampled] : [.mean]
  }

  /// The codes of the test data, as many as metrics use at most, and these beside the factors and the
  /// classes where the data have some; classes are nil where there is one alone.
  func rows(
    _ kind: Kind
  ) throws -> (codes: Tensor, data: CodesAndFactors?, labels: Tensor?) {
    let found = try encoded(test, order, kind)
    let labels = found.labels.flatMap { $0.min().item() < $0.max().item() ? $0 : nil }
    return (
      found.codes, try table(found.codes, found.factors, test.schema),
      test.schema.classNames == nil ? nil : labels
    )
  }

  /// The words of the test data; nil for a method without a codebook.
  func words() throws -> (entries: Tensor, size: Int)? {
    guard let method = method as? any UsesCodebook & Method else { return nil }
    let entries = try mapped(test, order, by: { method.codeIndices($0) })
    return (entries, method.codeCount)
  }

  /// The mean rate of each dimension of the codes on at most 1,000 test examples, in nats; nil where it is not known.
  func rates() throws -> [Double]? {
    let examples = try test.batch(Array(order.prefix(1000))).examples.to(Device.current)
    return withoutGradients {
      evaluating(method.model) {
        let activity = CodeActivity(of: method, on: examples, codes: method.encode(examples))
        return activity.measure == .rate ? activity.values : nil
      }
    }
  }

  /// The test examples that are measured.
  private var order: [Int] {
    let limit = options.trainCount + options.testCount
    return test.count > limit
      ? Tensor.randperm(test.count, using: Generator(seed: options.seed))[..<limit]
        .scalars(as: Int.self).sorted() : Array(0..<test.count)
  }

  /// The codes of every combination of the factors, where the data are a grid of at most 30,000.
  func gridRows(_ kind: Kind) throws -> CodesAndFactors? {
    guard let grid, grid.count <= Self.gridLimit else { return nil }
    if let known = gridTables[kind] { return known }
    let found = try encoded(grid, Array(0..<grid.count), kind)
    let known = try table(found.codes, found.factors, grid.schema)
    gridTables[kind] = known
    return known
  }

  /// Codes beside those factors that have more than one value.
  private func table(
    _ codes: Tensor, _ factors: Tensor?, _ schema: DatasetSchema
  ) throws -> CodesAndFactors? {
    guard let factors, let described = schema.factors else { return nil }
    let places = described.indices.filter { described[$0].size != 1 }
    guard !places.isEmpty else { return nil }
    return try CodesAndFactors(
      codes: codes, factors: factors.selected(Tensor(places), dim: 1),
      described: places.map { described[$0] })
  }

  private func encoded(
    _ data: any Dataset, _ order: [Int], _ kind: Kind
  ) throws -> (codes: Tensor, factors: Tensor?, labels: Tensor?) {
    let generator = Generator(seed: options.seed)
    var factors: [Tensor] = []
    var labels: [Tensor] = []
    let codes = try mapped(
      data, order,
      each: { batch in
        if let known = batch.factors { factors.append(known) }
        if let known = batch.labels { labels.append(known) }
      },
      by: { examples in
        if kind == .sampled, let method = method as? any Infers {
          return method.posterior(of: examples).draw(using: generator).codes
        }
        return method.encode(examples)
      })
    return (
      codes, factors.isEmpty ? nil : concatenated(factors),
      labels.isEmpty ? nil : concatenated(labels)
    )
  }

  /// What the method makes of some examples, batch after batch, on the CPU.
  private func mapped(
    _ data: any Dataset, _ order: [Int], each: (Batch) -> Void = { _ in },
    by make: (Tensor) -> Tensor
  ) throws -> Tensor {
    var parts: [Tensor] = []
    for start in stride(from: 0, to: order.count, by: 512) {
      let batch = try data.batch(Array(order[start..<min(start + 512, order.count)]))
      let examples = batch.examples.to(Device.current)
      parts.append(withoutGradients { evaluating(method.model) { make(examples) } }.to(.cpu))
      each(batch)
    }
    return concatenated(parts)
  }
}
