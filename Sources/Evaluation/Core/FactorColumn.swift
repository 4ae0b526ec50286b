import Datasets
public import Torch

/// One ground-truth factor: a value for each example.
public struct FactorColumn {
  /// What the values are.
  public enum Values {
    /// Numbers of classes [n], int64, each of 0 ..< `count` at least once.
    case classes(Tensor, count: Int)
    /// Real numbers [n], float64.
    case real(Tensor)
  }

  /// The factor's name, or `factor 3` where it has none.
  public let name: String
  /// What the values are.
  public let values: Values

  /// The number of examples.
  public var count: Int {
    switch values {
    case .classes(let numbers, _): numbers.size(0)
    case .real(let numbers): numbers.size(0)
    }
  }

  /// The numbers of the classes and how many there are; nil for a real factor.
  public var classes: (numbers: Tensor, count: Int)? {
    if case .classes(let numbers, let count) = values { (numbers, count) } else { nil }
  }

  /// A column [n] of numbers, understood as described or, without a description, as classes when
  /// all are whole and there are two examples a number at least.
  init(_ column: Tensor, name: String, described: Factor?) throws {
    self.name = name
    let numbers = column.to(.cpu).to(.float64).contiguous()
    let levels = numbers.unique().values
    let isWhole = (levels .== floor(levels)).all().item() == 1
    let isRepeated = levels.size(0) <= numbers.size(0) / 2
    let isClasses = described.map { $0.size != nil && isWhole } ?? (isWhole && isRepeated)
    guard levels.size(0) > 1 else {
      throw MetricError(
        metric: name, "expected a factor that varies, found the value \(levels[0].item()) alone",
        remedy: "leave this factor out: nothing can be said about it")
    }
    values =
      isClasses
      ? .classes(levels.insertionIndices(of: numbers), count: levels.size(0)) : .real(numbers)
  }

  init(name: String, values: Values) {
    self.name = name
    self.values = values
  }

  /// The examples with these indices; classes keep their numbers, though one may have no example.
  func selected(_ rows: Tensor) -> FactorColumn {
    switch values {
    case .classes(let numbers, let count):
      FactorColumn(name: name, values: .classes(numbers.selected(rows, dim: 0), count: count))
    case .real(let numbers):
      FactorColumn(name: name, values: .real(numbers.selected(rows, dim: 0)))
    }
  }
}
