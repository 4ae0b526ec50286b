/// What follows a source's name after a colon: `sprites:size=32,angles=10`.
///
/// Every key that is given must be asked for, so that a mistyped one is found.
package struct SourceOptions {
  /// The source before the colon.
  package let source: String
  private var values: [String: String]
  private var asked: [String] = []

  /// Options of `source` as they were typed.
  package init(source: String, values: [String: String] = [:]) {
    self.source = source
    self.values = values
  }

  /// Cuts `NAME:key=value,key=value`; nil when the text has no options.
  ///
  /// Throws `DatasetError` for a key without a value and for one that is given twice.
  package static func parsing(_ text: String) throws -> SourceOptions? {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    var values: [String: String] = [:]
    for pair in text[text.index(after: colon)...].split(separator: ",") {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2, !sides[0].isEmpty, values[String(sides[0])] == nil else {
        throw DatasetError(
          .usage, subject: text, problem: "expected key=value once for each key, found '\(pair)'",
          remedy: "write options as NAME:key=value,key=value")
      }
      values[String(sides[0])] = String(sides[1])
    }
    return SourceOptions(source: String(text[..<colon]), values: values)
  }

  /// A text, or nil when the key was not given.
  package mutating func text(_ key: String) -> String? {
    asked.append(key)
    return values[key]
  }

  /// One of some words; throws `DatasetError` for another.
  package mutating func word(_ key: String, _ allowed: [String]) throws -> String? {
    guard let value = text(key) else { return nil }
    guard allowed.contains(value) else {
      throw bad(key, "one of \(allowed.joined(separator: ", "))", value)
    }
    return value
  }

  /// An integer within bounds, `standard` when the key was not given.
  package mutating func integer(
    _ key: String, _ bounds: ClosedRange<Int>, default standard: Int
  ) throws -> Int {
    guard let value = text(key) else { return standard }
    guard let number = Int(value), bounds.contains(number) else {
      throw bad(key, "an integer from \(bounds.lowerBound) to \(bounds.upperBound)", value)
    }
    return number
  }

  /// A number within bounds, `standard` when the key was not given.
  package mutating func number(
    _ key: String, _ bounds: ClosedRange<Double>, default standard: Double
  ) throws -> Double {
    guard let value = text(key) else { return standard }
    guard let number = Double(value), bounds.contains(number) else {
      throw bad(key, "a number from \(bounds.lowerBound) to \(bounds.upperBound)", value)
    }
    return number
  }

  /// Throws `DatasetError` for a key that nobody asked for, with the nearest that exist.
  package func finish() throws {
    guard let wrong = values.keys.filter({ !asked.contains($0) }).min() else { return }
    let near = NearestName.match(wrong, in: asked)
    let known =
      asked.isEmpty
      ? "it has no options" : "its options are \(asked.sorted().joined(separator: ", "))"
    throw DatasetError(
      .usage, subject: source, problem: "has no option '\(wrong)'",
      remedy: near.map { "did you mean \($0)? \(known)" } ?? known)
  }

  private func bad(_ key: String, _ expected: String, _ found: String) -> DatasetError {
    DatasetError(
      .usage, subject: source, problem: "\(key): expected \(expected), found '\(found)'",
      remedy: "write \(source):\(key)=VALUE")
  }
}
