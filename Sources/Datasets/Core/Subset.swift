/// Some examples of another data set, in an order of their own.
///
/// PyTorch: `torch.utils.data.Subset`.
public final class Subset: Dataset {
  /// The whole's name.
  public let name: String
  private let base: any Dataset
  private let chosen: [Int]

  /// The examples of `base` at `indices`; throws `DatasetError` for one that does not exist.
  public init(of base: any Dataset, at indices: [Int], name: String? = nil) throws {
    self.name = name ?? base.name
    self.base = base
    self.chosen = indices
    try base.check(indices)
  }

  /// The number of chosen examples.
  public var count: Int { chosen.count }

  /// The whole's schema.
  public var schema: DatasetSchema { base.schema }

  /// The hash of the whole's fingerprint and of the chosen indices.
  public var fingerprint: String {
    get throws {
      let hash = Fingerprint(text: "subset 1\n\(try base.fingerprint)\n")
      chosen.withUnsafeBytes { hash.update($0) }
      return hash.value()
    }
  }

  /// The chosen examples at these places; `indices` of the batch are places in this set.
  public func batch(_ indices: [Int]) throws -> Batch {
    try check(indices)
    var batch = try base.batch(indices.map { chosen[$0] })
    batch.indices = indices
    return batch
  }
}
