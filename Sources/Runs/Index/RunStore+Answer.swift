import Datasets

extension RunStore {
  /// The most keys of one question: SQLite joins at most 64 tables.
  private static let keyLimit = 50

  /// Answers a question about the runs as they were at the last refresh.
  func answer(_ query: RunQuery, knownKeys: [String]) throws -> RunListing {
    let names = try RunKeys(database, alsoKnown: knownKeys)
    var keys: [RunKeys.Key] = []
    func place(_ word: String, _ option: String) throws -> RunKeys.Key {
      let key = try names.resolve(word, option: option)
      if !keys.contains(key) { keys.append(key) }
      return key
    }
    let sort = try query.sort.map { try place($0, "--sort") }
    var wheres: [String] = []
    var values: [DatabaseValue] = []
    for condition in query.conditions {
      let key = try place(condition.key, "--where")
      let (sql, bound) = condition.sql(number: key.number, text: key.text)
      wheres.append(sql)
      values += bound
    }
    for column in query.columns { _ = try place(column, "--show") }
    guard keys.count <= Self.keyLimit else {
      throw RunQueryError(
        problem: "expected at most \(Self.keyLimit) keys, found \(keys.count)",
        remedy: "ask for fewer at a time")
    }
    let usual = [RunField.name, .status, .recipe, .data, .start]
    let columns =
      usual.map { "run.\"\($0)\"" } + keys.map { "coalesce(\($0.number), \($0.text))" }
    let sql = """
      SELECT \(columns.joined(separator: ", ")) FROM run
      \(keys.compactMap(\.join).joined(separator: "\n"))
      \(wheres.isEmpty ? "" : "WHERE " + wheres.map { "(\($0))" }.joined(separator: " AND "))
      ORDER BY \(Self.order(sort, isDescending: query.isDescending))
      """
    let statement = try database.prepare(sql)
    try statement.bind(values)
    var listing = RunListing(columns: keys.map(\.name), rows: [], count: 0)
    while try statement.step() {
      listing.count += 1
      if listing.count > query.limit ?? .max { continue }
      let found = keys.indices.map { RunListing.Value(statement.value(usual.count + $0)) }
      listing.rows.append(
        RunListing.Row(
          name: statement.text(0) ?? "", status: statement.text(1) ?? "", recipe: statement.text(2),
          data: statement.text(3), start: statement.text(4), values: found))
    }
    return listing
  }

  /// Numbers before texts, and runs without the key after all others.
  private static func order(_ key: RunKeys.Key?, isDescending: Bool) -> String {
    let way = isDescending ? "DESC" : "ASC"
    guard let key else { return "run.name \(way)" }
    return """
      \(key.text) IS NULL AND \(key.number) IS NULL, \(key.number) IS NULL, \(key.number) \(way), \
      \(key.text) \(way), run.name
      """
  }
}

extension RunListing.Value {
  init?(_ value: DatabaseValue) {
    switch value {
    case .null: return nil
    case .int(let number): self = .int(Int(number))
    case .double(let number): self = .double(number)
    case .text(let text): self = .text(text)
    }
  }
}
