public import Torch

/// What can be told of a data set at a glance.
///
/// Figures come from at most `DatasetSummary.sampleLimit` examples spread evenly over the set, so
/// that sets of any size are described at once; `sampleCount` says how many.
public struct DatasetSummary: Sendable, Hashable, Codable {
  /// The set's name.
  public var name: String
  /// The number of examples.
  public var count: Int
  /// What one example is.
  public var schema: DatasetSchema
  /// The hash of the content.
  public var fingerprint: String
  /// How many examples the figures come from.
  public var sampleCount: Int
  /// The smallest number of the sample.
  public var minimum: Double
  /// The largest number of the sample.
  public var maximum: Double
  /// The mean of all numbers of the sample.
  public var mean: Double
  /// The standard deviation of all numbers of the sample.
  public var standardDeviation: Double
  /// The least and the largest value of each number of a vector of at most `columnLimit` numbers.
  public var columnRanges: [ClosedRange<Double>]?
  /// The least and the largest value of each factor in the sample, in the order of
  /// `schema.factors`.
  public var factorRanges: [ClosedRange<Double>]?
  /// How many examples of the sample have each label, in the order of `schema.classNames`.
  public var labelCounts: [Int]?
  /// The first examples, at most ten, each as at most 12 numbers, or its text.
  public var rows: [String]

  /// The classes of the first examples by name, if they have any.
  public var rowLabels: [String]?

  /// The most numbers of a vector that are described one by one.
  public static let columnLimit = 100
  /// The most examples that figures are taken from.
  public static let sampleLimit = 10_000

  /// Describes a set; throws what its `batch` and `fingerprint` throw.
  public init(of set: any Dataset) throws {
    let sampled = min(set.count, Self.sampleLimit)
    name = set.name
    count = set.count
    schema = set.schema
    fingerprint = try set.fingerprint
    sampleCount = sampled
    var figures = RunningFigures()
    var columns = RunningRanges()
    var factors = RunningRanges()
    var labels: [Int] = []
    let hasColumns = set.schema.kind == .vector && set.schema.exampleShape[0] <= Self.columnLimit
    for start in stride(from: 0, to: sampled, by: 500) {
      let places = start..<min(start + 500, sampled)
      let batch = try set.batch(places.map { $0 * set.count / sampled })
      figures.add(batch.examples)
      if hasColumns { columns.add(batch.examples) }
      if let numbers = batch.factors { factors.add(numbers) }
      if let numbers = batch.labels { labels += numbers.scalars(as: Int.self) }
    }
    minimum = figures.minimum
    maximum = figures.maximum
    mean = figures.mean
    standardDeviation = figures.standardDeviation
    columnRanges = columns.ranges
    factorRanges = factors.ranges
    labelCounts = set.schema.classNames.map { names in
      var counts = [Int](repeating: 0, count: names.count)
      for label in labels where counts.indices.contains(label) { counts[label] += 1 }
      return counts
    }
    let first = try set.batch(Array(0..<min(10, set.count)))
    rows = Self.rows(first)
    rowLabels = first.labels.flatMap { numbers in
      set.schema.classNames.map { names in
        numbers.scalars(as: Int.self).map { names.indices.contains($0) ? names[$0] : "\($0)" }
      }
    }
  }

  /// The first examples of images [n, c, h, w] for a contact sheet; nil for other kinds.
  public static func contactSheet(of set: any Dataset, count: Int = 64) throws -> Tensor? {
    guard set.schema.kind.isImage else { return nil }
    return try set.batch(Array(0..<min(count, set.count))).examples
  }

  private static func rows(_ batch: Batch) -> [String] {
    if let captions = batch.captions { return captions }
    return (0..<batch.count).map { row in
      let values = batch.examples[row].flattened()
      let shown = values[0..<Swift.min(12, values.count)].scalars(as: Float.self)
      let text = shown.map(brief).joined(separator: " ")
      return values.count > 12 ? text + " …" : text
    }
  }

  private static func brief(_ value: Float) -> String {
    value == value.rounded() && abs(value) < 1e7 ? String(Int(value)) : String(value)
  }
}

/// Least, largest, mean and spread of numbers that come in pieces.
private struct RunningFigures {
  var minimum = Double.infinity
  var maximum = -Double.infinity
  private var count = 0.0
  private var sum = 0.0
  private var squares = 0.0

  var mean: Double { sum / Swift.max(count, 1) }
  var standardDeviation: Double {
    Swift.max(0, squares / Swift.max(count, 1) - mean * mean).squareRoot()
  }

  mutating func add(_ x: Tensor) {
    guard x.count > 0 else { return }
    let wide = x.to(.float64)
    minimum = Swift.min(minimum, wide.min().item())
    maximum = Swift.max(maximum, wide.max().item())
    count += Double(x.count)
    sum += wide.sum().item()
    squares += squared(wide).sum().item()
  }
}

/// Least and largest of each column of numbers that come in pieces.
private struct RunningRanges {
  private var low: Tensor?
  private var high: Tensor?

  /// nil before the first piece.
  var ranges: [ClosedRange<Double>]? {
    guard let low, let high else { return nil }
    return zip(low.scalars(as: Double.self), high.scalars(as: Double.self)).map { $0...max($0, $1) }
  }

  /// Takes in rows [n, k].
  mutating func add(_ rows: Tensor) {
    guard rows.count > 0 else { return }
    let wide = rows.to(.float64)
    let (least, most) = (wide.min(dims: [0]), wide.max(dims: [0]))
    low = low.map { minimum($0, least) } ?? least
    high = high.map { maximum($0, most) } ?? most
  }
}
