import Datasets

/// The keys that runs can be asked for, and what a name without its section means.
///
/// A name is looked for among the fields of every run, then the settings (`config.`), the metrics of
/// `evaluation.json` (`test.`) and those of the last validation (`validation.`); the first section in
/// which any run has it counts for all runs, so that numbers of two kinds never share a column.
struct RunKeys {
  /// A key with its place in the database.
  struct Key: Equatable {
    /// The full name.
    let name: String
    /// What joins its values to the runs; nil for a column of the run itself.
    let join: String?
    /// The number in SQL, NULL where there is none.
    let number: String
    /// The text in SQL, NULL where there is none.
    let text: String
  }

  private static let sections = ["config", "test", "validation"]
  private let numbers: [String: Int64]
  private let alsoKnown: [String]
  private let isEmpty: Bool

  /// The keys of the runs in a database; names without a section in `alsoKnown` are settings that no
  /// run need have.
  init(_ database: Database, alsoKnown: [String]) throws {
    self.alsoKnown = alsoKnown
    var numbers: [String: Int64] = [:]
    let statement = try database.prepare(
      "SELECT name, id FROM key WHERE EXISTS (SELECT 1 FROM value WHERE value.key = key.id)")
    while try statement.step() { numbers[statement.text(0) ?? ""] = statement.int(1) }
    self.numbers = numbers
    let runs = try database.prepare("SELECT 1 FROM run LIMIT 1")
    isEmpty = try !runs.step()
  }

  /// The key that a word means; throws `RunQueryError` with the nearest one that there is.
  func resolve(_ word: String, option: String) throws -> Key {
    if let field = RunField(rawValue: word) { return Self.key(of: field) }
    for name in Self.sections.map({ "\($0).\(word)" }) + [word] {
      if let number = numbers[name] { return Self.key(name, number) }
    }
    let plain = word.hasPrefix("config.") ? String(word.dropFirst(7)) : word
    if isEmpty || alsoKnown.contains(plain) {
      return Key(name: word, join: nil, number: "NULL", text: "NULL")
    }
    let names = words
    let near = NearestName.match(word, in: names)
    let shown = names.prefix(60).joined(separator: ", ")
    throw RunQueryError(
      problem: "unknown key '\(word)' in \(option)",
      remedy: (near.map { "did you mean '\($0)'? " } ?? "") + "keys of these runs: \(shown)")
  }

  /// What may be typed: fields, then names without their sections, then whole ones.
  private var words: [String] {
    let whole = numbers.keys.sorted()
    var plain: [String] = []
    for name in whole {
      let word = String(name[name.index(after: name.firstIndex(of: ".") ?? name.startIndex)...])
      if !plain.contains(word) { plain.append(word) }
    }
    return RunField.allCases.map(\.rawValue) + plain + whole.filter { !$0.hasPrefix("config.") }
  }

  private static func key(_ name: String, _ number: Int64) -> Key {
    let table = "value_\(number)"
    return Key(
      name: name,
      join: "LEFT JOIN value AS \(table) ON \(table).key = \(number) AND \(table).run = run.id",
      number: "\(table).number", text: "\(table).text")
  }

  private static func key(of field: RunField) -> Key {
    let column = "run.\"\(field)\""
    let isNumber = field == .seed || field == .minutes
    return Key(
      name: field.rawValue, join: nil,
      number: isNumber ? "iif(typeof(\(column)) = 'text', NULL, \(column))" : "NULL",
      text: isNumber ? "CAST(\(column) AS TEXT)" : column)
  }
}
