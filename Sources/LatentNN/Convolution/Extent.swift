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
  /// Fails as operators do unless there is one number or `rank` of them, none below `least`; `name` is
  /// what they are of `layer`.
  func spread(over rank: Int, least: Int, of name: String, in layer: String) -> [Int] {
    let fits = values.count == 1 || values.count == rank
    require(
      fits, layer, "\(name) is \(values), expected one number or \(rank)")
    require(
      values.allSatisfy { $0 >= least }, layer,
      "\(name) is \(values), expected numbers of at least \(least)")
    if values.count == rank { return values }
    return [Int](repeating: fits ? values[0] : least, count: rank)
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
