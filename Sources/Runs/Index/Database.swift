import CSQLite

/// What SQLite reports: its code and its sentence.
struct DatabaseFailure: Error, CustomStringConvertible {
  let code: Int32
  let description: String

  /// Whether the file is no database, or a damaged one.
  var isDamage: Bool {
    [SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_SCHEMA, SQLITE_ERROR, SQLITE_MISMATCH].contains(
      code & 0xFF)
  }
}

/// A connection to a SQLite database.
final class Database {
  private let connection: OpaquePointer

  /// Opens the database at `path`, making it if need be; `:memory:` is one of its own.
  ///
  /// Another writer is waited for up to five seconds.
  init(_ path: String) throws(DatabaseFailure) {
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
    let status = sqlite3_open_v2(path, &opened, flags, nil)
    guard let opened else {
      throw DatabaseFailure(code: status, description: "SQLite has no memory")
    }
    connection = opened
    guard status == SQLITE_OK else { throw failure(status) }
    sqlite3_busy_timeout(connection, 5000)
  }

  // The second form of closing waits for statements that are still alive.
  deinit { sqlite3_close_v2(connection) }

  /// Runs statements that take and give nothing.
  func run(_ sql: String) throws(DatabaseFailure) {
    try check(sqlite3_exec(connection, sql, nil, nil, nil))
  }

  /// Prepares one statement.
  func prepare(_ sql: String) throws(DatabaseFailure) -> Statement {
    var prepared: OpaquePointer?
    try check(sqlite3_prepare_v2(connection, sql, -1, &prepared, nil))
    guard let prepared else { throw failure(SQLITE_MISUSE) }
    return Statement(prepared, of: self)
  }

  /// Runs `body` as one change: wholly or not at all, with no other writer beside it.
  func changing(_ body: () throws -> Void) throws {
    try run("BEGIN IMMEDIATE")
    do {
      try body()
      try run("COMMIT")
    } catch {
      try? run("ROLLBACK")
      throw error
    }
  }

  /// Empties the database, however damaged its file is.
  func reset() throws(DatabaseFailure) { try check(latent_sqlite_reset(connection)) }

  /// Throws unless `status` is success.
  func check(_ status: Int32) throws(DatabaseFailure) {
    guard status == SQLITE_OK else { throw failure(status) }
  }

  /// The last failure in words.
  func failure(_ status: Int32) -> DatabaseFailure {
    DatabaseFailure(code: status, description: String(cString: sqlite3_errmsg(connection)))
  }
}
