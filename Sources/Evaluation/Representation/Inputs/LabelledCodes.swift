public import Torch

/// Codes of examples beside the examples' classes.
///
/// Checked once: every number finite, a class for each row, at least two classes. Not `Sendable`, as tensors are not.
public struct LabelledCodes {
  /// The codes `[n, d]`, float64 on the CPU.
  public let codes: Tensor
  /// The numbers 0 ..< `classCount` of the classes `[n]`, int64, in the order of the labels.
  public let labels: Tensor
  /// The number of classes.
  public let classCount: Int

  private let shared = Shared()

  /// What metrics of these codes have in common.
  private final class Shared { var values: [String: Any] = [:] }

  /// What `make` returns, computed once for each key and kept.
  func shared<Value>(_ key: String, _ make: () throws -> Value) rethrows -> Value {
    if let known = shared.values[key] as? Value { return known }
    let value = try make()
    shared.values[key] = value
    return value
  }

  /// The number of examples.
  public var count: Int { codes.size(0) }

  /// Codes `[n, …]`, flattened to `[n, d]`, and labels `[n]` or `[n, 1]` of whole numbers, which are counted from 0 on.
  ///
  /// Throws `MetricError` for wrong lengths, labels that are not whole, one class only, and numbers that are not finite.
  public init(codes: Tensor, labels: Tensor) throws {
    let rows = try codeTable(codes, metric: "codes")
    let column = labels.reshaped([-1]).to(.cpu)
    guard column.count == rows.size(0) else {
      throw MetricError(
        metric: "codes, labels",
        "expected a label for each row, found \(rows.size(0)) codes and labels of shape "
          + "\(labels.shape)",
        remedy: "row i of both must belong to example i")
    }
    let numbers = try codeTable(column, metric: "labels", "labels").flattened()
    guard (numbers .== floor(numbers)).all().item() == 1 else {
      throw MetricError(
        metric: "labels", "expected whole numbers of classes, found numbers between",
        remedy: "a real-valued target is a factor: use --factors")
    }
    let levels = numbers.unique().values
    guard levels.size(0) > 1 else {
      throw MetricError(
        metric: "labels",
        "expected at least two classes, found the class \(levels[0].item()) alone",
        remedy: "take examples of several classes")
    }
    self.codes = rows
    self.labels = levels.insertionIndices(of: numbers)
    classCount = levels.size(0)
  }

  private init(codes: Tensor, numbers: Tensor, classCount: Int) {
    self.codes = codes
    labels = numbers
    self.classCount = classCount
  }

  /// The examples with these indices `[m]`; classes keep their numbers, though one may have no example.
  public func selected(_ rows: Tensor) -> LabelledCodes {
    LabelledCodes(
      codes: codes.selected(rows, dim: 0), numbers: labels.selected(rows, dim: 0),
      classCount: classCount)
  }

  /// The same labels beside other codes of the same examples.
  func with(codes: Tensor) -> LabelledCodes {
    LabelledCodes(codes: codes, numbers: labels, classCount: classCount)
  }

  /// These examples and then those of `other`, which has the same classes and width.
  func appending(_ other: LabelledCodes) -> LabelledCodes {
    LabelledCodes(
      codes: concatenated([codes, other.codes]), numbers: concatenated([labels, other.labels]),
      classCount: classCount)
  }

  /// How many examples each class has, `[classCount]`.
  public var classSizes: [Int] { labels.binCount(minimumLength: classCount).scalars(as: Int.self) }

  /// Parts of these shares, each with every class in proportion (to the nearest example), in random order.
  ///
  /// The shares add up to 1. **Randomness**: one permutation.
  public func stratified(_ shares: [Double], using generator: Generator) -> [LabelledCodes] {
    let order = Tensor.randperm(count, using: generator).scalars(as: Int.self)
    let numbers = labels.scalars(as: Int.self)
    var members = [[Int]](repeating: [], count: classCount)
    for index in order { members[numbers[index]].append(index) }
    var parts = [[Int]](repeating: [], count: shares.count)
    for rows in members {
      var (start, share) = (0, 0.0)
      for (part, size) in shares.enumerated() {
        share += size
        let end =
          part == shares.count - 1 ? rows.count : Int((share * Double(rows.count)).rounded())
        parts[part] += rows[start..<Swift.max(start, end)]
        start = Swift.max(start, end)
      }
    }
    return parts.map { selected(Tensor($0.sorted())) }
  }
}
