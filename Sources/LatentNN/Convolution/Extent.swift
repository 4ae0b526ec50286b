/// One number for all spatial dimensions or one for each: `stride: 2`, `stride: [2, 1]`.
///
/// The order is that of the tensor's dimensions, such as height, width.
public struct Extent: Sendable, Hashable, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
  private let values: [Int]

  /// The same number for every dimension.
  public init(_ value: Int) { values = [value] }

  /// A number for each dimension.
  public init(_ values: [Int]) { self.values = values }

  /// The same number for every dimension.
  public init(integerLiteral value: Int) { self.init(value) }

  /// A number for each dimension.
  public init(arrayLiteral values: Int...) { self.init(values) }

  /// The numbers as given.
  var list: [Int] { values }

  /// The numbers of `rank` dimensions.
  ///
  /// Stops unless there is one number or `rank` of them, none below `least`.
  func spread(over rank: Int, least: Int, of name: String) -> [Int] {
    precondition(
      values.count == 1 || values.count == rank,
      "\(name) \(values) has \(values.count) numbers; expected 1 or \(rank)")
    precondition(
      values.allSatisfy { $0 >= least }, "\(name) \(values): expected numbers of at least \(least)")
    return values.count == rank ? values : [Int](repeating: values[0], count: rank)
  }
}

extension Extent: Codable {
  /// Reads a number or a list of numbers.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Int.self) {
      self.init(value)
    } else {
      self.init(try container.decode([Int].self))
    }
  }

  /// Writes a number or a list of numbers.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if values.count == 1 { try container.encode(values[0]) } else { try container.encode(values) }
  }
}
