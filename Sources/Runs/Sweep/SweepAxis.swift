/// A setting that a sweep varies, and its values as texts that `--set` takes.
public struct SweepAxis: Codable, Sendable, Hashable {
  /// The setting's name.
  public var key: String
  /// Its values, in the order in which they were given.
  public var values: [String]

  /// A setting and its values.
  public init(_ key: String, _ values: [String]) {
    self.key = key
    self.values = values
  }
}

extension [SweepAxis] {
  /// Every choice of a value for each axis, the last axis changing fastest; without an axis the one
  /// empty choice. Nil if there are more than `limit`.
  func product(atMost limit: Int) -> [[SweepSetting]]? {
    var choices: [[SweepSetting]] = [[]]
    for axis in self {
      let (count, isTooMany) = choices.count.multipliedReportingOverflow(by: axis.values.count)
      guard !isTooMany, count <= limit else { return nil }
      choices = choices.flatMap { choice in
        axis.values.map { choice + [SweepSetting(key: axis.key, value: $0)] }
      }
    }
    return choices
  }
}

/// One value of a setting that a sweep varies.
public struct SweepSetting: Codable, Sendable, Hashable, CustomStringConvertible {
  /// The setting's name.
  public var key: String
  /// Its value, as a text that `--set` takes.
  public var value: String

  /// A setting's name and its value.
  public init(key: String, value: String) {
    self.key = key
    self.value = value
  }

  /// As after `--set`, such as `beta=4`.
  public var description: String { "\(key)=\(value)" }
}
