/// A data set with one example for every combination of discrete factors.
///
/// Example i stands at the combination whose numbers, written with the first factor first, count in
/// row-major order, so that the last factor changes fastest.
public protocol FactorGrid: Dataset {}

extension FactorGrid {
  /// The number of values of each factor.
  public var factorSizes: [Int] { schema.factors?.map { $0.size ?? 1 } ?? [] }

  /// The factors' numbers of the example with a valid index.
  public func factorNumbers(at index: Int) -> [Int] {
    var rest = index
    var numbers = factorSizes
    for place in numbers.indices.reversed() {
      let size = numbers[place]
      numbers[place] = rest % size
      rest /= size
    }
    return numbers
  }

  /// The index of the example with these numbers, each below its factor's size.
  public func index(of numbers: [Int]) -> Int {
    zip(numbers, factorSizes).reduce(0) { $0 * $1.1 + $1.0 }
  }
}
