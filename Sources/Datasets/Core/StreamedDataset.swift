package import Torch

/// A data set whose examples stay in their file: a batch reads its own rows and nothing else.
///
/// Memory is that of a batch, whatever the file's size. Labels and factors are in memory.
public final class StreamedDataset: Dataset {
  /// What the user called it.
  public let name: String
  /// What one example is.
  public let schema: DatasetSchema
  private let source: any RowSource
  private let divisor: Int
  private let labels: Tensor?
  private var knownFingerprint: String?

  /// The rows of `source`, divided by `divisor` in a batch; `labels` [count] int64.
  package init(
    name: String, schema: DatasetSchema, source: any RowSource, divisor: Int = 1,
    labels: Tensor? = nil
  ) {
    self.name = name
    self.schema = schema
    self.source = source
    self.divisor = divisor
    self.labels = labels
  }

  /// The number of examples.
  public var count: Int { source.count }

  /// The same as of the same content in memory; reads the whole file once, and tells
  /// the observer of `LongReading` how far it is.
  public var fingerprint: String {
    get throws {
      if let knownFingerprint { return knownFingerprint }
      let hash = Fingerprint(kind: schema.kind, divisor: divisor)
      hash.head("examples", shape: [count] + schema.exampleShape, dtype: source.dtype)
      let all = source.rowShape.reduce(source.dtype.byteCount * count, *)
      var done = 0
      try source.forEachBlock { block in
        block.withUnsafeBytes { hash.update($0) }
        done += block.byteCount
        if all >= LongReading.limit { LongReading.tell(source.path, done, all) }
      }
      hash.part("labels", labels)
      let value = hash.value()
      knownFingerprint = value
      return value
    }
  }

  /// The examples with these indices, read from the file.
  ///
  /// Throws `FileError` too for numbers that are not finite or outside the schema's range, which
  /// only shows when they are read.
  public func batch(_ indices: [Int]) throws -> Batch {
    try check(indices)
    let rows = try source.rows(indices).reshaped([indices.count] + schema.exampleShape)
    let numbers = rows.to(.float32)
    if source.dtype.isFloatingPoint, numbers.isFinite.all().item() == 0 {
      throw FileError(
        path: source.path, problem: "expected finite numbers, found NaN or infinity",
        remedy: "remove or fill in the missing values")
    }
    if source.dtype.isFloatingPoint, let range = schema.range { try check(numbers, within: range) }
    return Batch(
      examples: divisor == 1 ? numbers : numbers / divisor,
      labels: labels?.selected(Tensor(indices), dim: 0), indices: indices)
  }

  private func check(_ numbers: Tensor, within range: ClosedRange<Double>) throws {
    guard numbers.count > 0 else { return }
    let (low, high) = (numbers.min().item(), numbers.max().item())
    guard low < range.lowerBound || high > range.upperBound else { return }
    throw FileError(
      path: source.path,
      problem: "expected values from \(range.lowerBound) to \(range.upperBound) as in its first "
        + "examples, found \(low) to \(high)",
      remedy: "scale all examples to one range, or use the option kind=vector")
  }
}

/// The place where examples live: rows in a file are read into memory when they are few.
enum Residence {
  /// Sets up to this many bytes are held in memory.
  static let limit = 256 << 20

  static func dataset(
    name: String, schema: DatasetSchema, source: any RowSource, divisor: Int = 1,
    labels: Tensor? = nil
  ) throws -> any Dataset {
    let bytes = source.rowShape.reduce(source.dtype.byteCount * source.count, *)
    guard bytes <= limit else {
      return StreamedDataset(
        name: name, schema: schema, source: source, divisor: divisor, labels: labels)
    }
    let rows = try source.rows(Array(0..<source.count))
    return try TensorDataset(
      name: name, schema: schema, examples: rows.reshaped([source.count] + schema.exampleShape),
      divisor: divisor, labels: labels)
  }
}
