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
  private let method: any Method & Encodes
  private let test: any Dataset
  private let grid: (any FactorGrid)?
  private let seed: UInt64
  private var gridTables: [Kind: CodesAndFactors] = [:]

  init(
    _ method: any Method & Encodes, test: any Dataset, grid: (any FactorGrid)?, seed: UInt64
  ) {
    (self.method, self.test, self.grid, self.seed) = (method, test, grid, seed)
    options = MetricOptions(seed: seed)
  }

  /// The mean code, and draws where the method has a posterior and the data have factors.
  var kinds: [Kind] {
    method is any Infers && test.schema.factors != nil ? [.mean, .sampled] : [.mean]
  }

  /// The codes of the test data, and these beside the factors where the data have some.
  func rows(_ kind: Kind) throws -> (codes: Tensor, data: CodesAndFactors?) {
    let (codes, factors) = try encoded(test, kind)
    let data = try factors.map {
      try CodesAndFactors(codes: codes, factors: $0, described: test.schema.factors)
    }
    return (codes, data)
  }

  /// The codes of every combination of the factors, where the data are a grid of them.
  func gridRows(_ kind: Kind) throws -> CodesAndFactors? {
    guard let grid, grid.schema.factors != nil else { return nil }
    if let known = gridTables[kind] { return known }
    let (codes, factors) = try encoded(grid, kind)
    guard let factors else { return nil }
    let table = try CodesAndFactors(
      codes: codes, factors: factors, described: grid.schema.factors)
    gridTables[kind] = table
    return table
  }

  private func encoded(_ data: any Dataset, _ kind: Kind) throws -> (Tensor, Tensor?) {
    let generator = Generator(seed: seed)
    var codes: [Tensor] = []
    var factors: [Tensor] = []
    try data.forEachBatch(of: 512) { batch in
      codes.append(
        withoutGradients {
          evaluating(method.model) {
            if kind == .sampled, let method = method as? any Infers {
              return method.posterior(of: batch.examples).draw(using: generator).codes
            }
            return method.encode(batch.examples)
          }
        }.to(.cpu))
      if let known = batch.factors { factors.append(known) }
    }
    return (concatenated(codes), factors.isEmpty ? nil : concatenated(factors))
  }
}
