/// The database behind the index: its layout, and how it follows the run folders.
final class RunStore {
  let database: Database
  /// Raised whenever the tables, or what is read from a run, change.
  private static let layout = 1
  private static let chunk = 1000

  /// Opens the database at `path` and sees to its layout; `emptied` begins with nothing.
  init(_ path: String, emptied: Bool) throws {
    database = try Database(path)
    if emptied { try database.reset() }
    // The file is not trusted: nothing in it may run, and pages are checked as they are read.
    try database.run(
      "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY")
    if try layoutFound() != Self.layout {
      if try layoutFound() != 0 { try database.reset() }
      // Readers go on while another process writes; a system that cannot do that keeps the usual way.
      try? database.run("PRAGMA journal_mode = WAL")
      try database.changing {
        // Another process may have made the tables while this one waited.
        if try layoutFound() != Self.layout { try database.run(Self.tables) }
      }
    }
    try database.run("PRAGMA synchronous = NORMAL")
  }

  private func layoutFound() throws -> Int {
    let statement = try database.prepare("PRAGMA user_version")
    return try statement.step() ? Int(statement.int(0)) : 0
  }

  /// A number and a text for each key of each run, the number only where the text is one.
  private static let tables = """
    CREATE TABLE run (
      id INTEGER PRIMARY KEY, stamp INTEGER NOT NULL,
      \(RunField.allCases.map { "\"\($0)\"" }.joined(separator: ", ")), UNIQUE (name));
    CREATE TABLE key (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE value (key INTEGER, run INTEGER, number, text, PRIMARY KEY (key, run))
      WITHOUT ROWID;
    CREATE INDEX value_of_run ON value (run);
    PRAGMA user_version = \(layout);
    """

  /// Reads again what has changed in `parent`, and forgets what is gone.
  func refresh(from parent: String, _ notice: (Int) -> Void) throws {
    try database.run(
      "CREATE TEMP TABLE scan (name TEXT PRIMARY KEY, stamp INTEGER NOT NULL) WITHOUT ROWID; BEGIN")
    let add = try database.prepare("INSERT INTO scan VALUES (?, ?)")
    try RunScan.forEach(in: parent) { name, length, stamp in
      add.bind(name, count: length, at: 0)
      add.bind(stamp, at: 1)
      _ = try add.step()
      add.reset()
    }
    try database.run("COMMIT")
    let changed = try changedRuns()
    if changed.count > Self.chunk { notice(changed.count) }
    for start in stride(from: 0, to: changed.count, by: Self.chunk) {
      let part = changed[start..<min(start + Self.chunk, changed.count)]
      // Reading may take long, so it comes before the lock.
      let runs = part.map { IndexedRun($0.name, in: parent) }
      try database.changing {
        for (place, run) in zip(part, runs) { try put(run, stamp: place.stamp) }
      }
    }
    guard try count(of: "run") != count(of: "scan") else { return }
    try database.changing {
      try database.run(
        """
        DELETE FROM value WHERE run IN
          (SELECT id FROM run WHERE name NOT IN (SELECT name FROM scan));
        DELETE FROM run WHERE name NOT IN (SELECT name FROM scan)
        """)
    }
  }

  private func changedRuns() throws -> [(name: String, stamp: Int64)] {
    let statement = try database.prepare(
      """
      SELECT scan.name, scan.stamp FROM scan LEFT JOIN run ON run.name = scan.name
      WHERE run.stamp IS NOT scan.stamp OR scan.stamp = \(RunScan.unsettled)
      """)
    var changed: [(name: String, stamp: Int64)] = []
    while try statement.step() {
      changed.append((statement.text(0) ?? "", statement.int(1)))
    }
    return changed
  }

  private func count(of table: String) throws -> Int64 {
    let statement = try database.prepare("SELECT count(*) FROM \(table)")
    return try statement.step() ? statement.int(0) : 0
  }

  private lazy var statements = Result { try Statements(database) }

  /// Replaces what is known of a run.
  private func put(_ run: IndexedRun, stamp: Int64) throws {
    let statements = try statements.get()
    try statements.putRun.bind([.int(stamp)] + run.fields)
    guard try statements.putRun.step() else { return }
    let id = statements.putRun.int(0)
    statements.putRun.reset()
    try statements.dropValues.run([.int(id)])
    for (key, number, text) in run.values {
      try statements.putValue.run([.int(try keyNumber(key)), .int(id), number, .text(text)])
    }
  }

  private var keyNumbers: [String: Int64] = [:]

  private func keyNumber(_ name: String) throws -> Int64 {
    if let known = keyNumbers[name] { return known }
    let statements = try statements.get()
    try statements.putKey.run([.text(name)])
    try statements.findKey.bind([.text(name)])
    guard try statements.findKey.step() else { return 0 }
    let number = statements.findKey.int(0)
    statements.findKey.reset()
    keyNumbers[name] = number
    return number
  }

  /// The statements that are run for every run that has changed.
  private struct Statements {
    let putRun: Statement
    let dropValues: Statement
    let putValue: Statement
    let putKey: Statement
    let findKey: Statement

    init(_ database: Database) throws {
      let names = RunField.allCases.map { "\"\($0)\"" }
      let marks = names.map { _ in "?" }.joined(separator: ", ")
      let changes = (["stamp"] + names).map { "\($0) = excluded.\($0)" }
      putRun = try database.prepare(
        """
        INSERT INTO run (stamp, \(names.joined(separator: ", "))) VALUES (?, \(marks))
        ON CONFLICT (name) DO UPDATE SET \(changes.joined(separator: ", ")) RETURNING id
        """)
      dropValues = try database.prepare("DELETE FROM value WHERE run = ?")
      putValue = try database.prepare("INSERT OR REPLACE INTO value VALUES (?, ?, ?, ?)")
      putKey = try database.prepare("INSERT OR IGNORE INTO key (name) VALUES (?)")
      findKey = try database.prepare("SELECT id FROM key WHERE name = ?")
    }
  }
}
