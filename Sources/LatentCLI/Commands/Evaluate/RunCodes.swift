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

  /// The codes of the test data, as many as metrics use at most, and these beside the factors where
  /// the data have some.
  func rows(_ kind: Kind) throws -> (codes: Tensor, data: CodesAndFactors?) {
    let limit = options.trainCount + options.testCount
    let order =
      test.count > limit
      ? Tensor.randperm(test.count, using: Generator(seed: options.seed))[..<limit]
        .scalars(as: Int.self).sorted() : Array(0..<test.count)
    let (codes, factors) = try encoded(test, order, kind)
    return (codes, try table(codes, factors, test.schema))
  }

  /// The classes of the test data, nil where they have none or one alone.
  func labels() throws -> Tensor? {
    guard test.schema.classNames != nil else { return nil }
    var parts: [Tensor] = []
    try test.forEachBatch(of: 512) { batch in
      if let labels = batch.labels { parts.append(labels) }
    }
    guard !parts.isEmpty else { return nil }
    let labels = concatenated(parts)
    return labels.min().item() < labels.max().item() ? labels : nil
  }

  /// The codes of every combination of the factors, where the data are a grid of at most 30,000.
  func gridRows(_ kind: Kind) throws -> CodesAndFactors? {
    guard let grid, grid.count <= Self.gridLimit else { return nil }
    if let known = gridTables[kind] { return known }
    let (codes, factors) = try encoded(grid, Array(0..<grid.count), kind)
    let known = try table(codes, factors, grid.schema)
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
  ) throws -> (Tensor, Tensor?) {
    let generator = Generator(seed: options.seed)
    var codes: [Tensor] = []
    var factors: [Tensor] = []
    for start in stride(from: 0, to: order.count, by: 512) {
      let batch = try data.batch(Array(order[start..<min(start + 512, order.count)]))
      let examples = batch.examples.to(Device.current)
      codes.append(
        withoutGradients {
          evaluating(method.model) {
            if kind == .sampled, let method = method as? any Infers {
              return method.posterior(of: examples).draw(using: generator).codes
            }
            return method.encode(examples)
          }
        }.to(.cpu))
      if let known = batch.factors { factors.append(known) }
    }
    return (concatenated(codes), factors.isEmpty ? nil : concatenated(factors))
  }
}
