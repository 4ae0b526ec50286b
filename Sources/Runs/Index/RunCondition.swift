/// A question about runs that cannot be meant: what, and what to do.
public struct RunQueryError: Error, CustomStringConvertible, Sendable, Equatable {
  /// What was expected and found, in one line.
  public let problem: String
  /// What the user can do, in one line.
  public let remedy: String

  /// The problem.
  public var description: String { problem }
}

/// A condition on a key of runs, such as `beta=4` or `elbo>-100`.
///
/// Where both sides are numbers they are compared as numbers, so `4`, `4.0` and `4e0` are one value;
/// otherwise as texts, character by character. A run without the key meets no condition.
public struct RunCondition: Sendable, Hashable {
  /// How a key's value stands to the given one.
  public enum Relation: String, Sendable, CaseIterable {
    /// At most.
    case atMost = "<="
    /// At least.
    case atLeast = ">="
    /// Another value.
    case different = "!="
    /// The same value.
    case same = "="
    /// Less, or before.
    case below = "<"
    /// More, or after.
    case above = ">"
    /// Text that holds the given one, small and capital letters being the same.
    case containing = "~"
  }

  /// The key, with or without its section.
  public var key: String
  /// The relation.
  public var relation: Relation
  /// What the key's value is compared with.
  public var value: String

  /// A condition of its parts.
  public init(_ key: String, _ relation: Relation, _ value: String) {
    self.key = key
    self.relation = relation
    self.value = value
  }

  /// Reads a condition as it is typed; throws `RunQueryError` for a text without key or relation.
  public init(parsing text: String) throws(RunQueryError) {
    let marks = Set("<>=!~")
    guard let start = text.firstIndex(where: marks.contains), start > text.startIndex,
      let relation = Relation.allCases.first(where: { text[start...].hasPrefix($0.rawValue) })
    else {
      throw RunQueryError(
        problem: "--where: expected KEY, one of = != < <= > >= ~, and a value, found '\(text)'",
        remedy: "write it in quotes, as in --where 'elbo>-100'")
    }
    var rest = text[start...].dropFirst(relation.rawValue.count)
    if relation == .same, rest.first == "=" { rest = rest.dropFirst() }
    self.init(Self.trimmed(text[..<start]), relation, Self.trimmed(rest))
    guard !key.isEmpty, !value.isEmpty else {
      throw RunQueryError(
        problem: "--where: expected a key and a value, found '\(text)'",
        remedy: "write it in quotes, as in --where 'elbo>-100'")
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// The condition in SQL over a number and a text that may be NULL, and what is to be bound.
  func sql(number: String, text: String) -> (sql: String, values: [DatabaseValue]) {
    let wanted = IndexedRun.number(value)
    switch (relation, wanted) {
    case (.containing, _): return ("instr(lower(\(text)), lower(?)) > 0", [.text(value)])
    case (.same, .null): return ("\(text) = ?", [.text(value)])
    case (.same, _): return ("(\(number) = ? OR \(text) = ?)", [wanted, .text(value)])
    case (.different, .null): return ("\(text) != ?", [.text(value)])
    case (.different, _):
      return ("\(text) != ? AND (\(number) IS NULL OR \(number) != ?)", [.text(value), wanted])
    case (let relation, .null): return ("\(text) \(relation.rawValue) ?", [.text(value)])
    case (let relation, _):
      let sign = relation.rawValue
      return (
        "CASE WHEN \(number) IS NULL THEN \(text) \(sign) ? ELSE \(number) \(sign) ? END",
        [.text(value), wanted]
      )
    }
  }
}
