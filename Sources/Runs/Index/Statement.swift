import CSQLite

/// A value in a database: a whole number, a fraction, a text or nothing.
enum DatabaseValue: Sendable, Equatable {
  case null
  case int(Int64)
  case double(Double)
  case text(String)
}

/// A prepared statement; parameters and columns count from 0.
final class Statement {
  private let statement: OpaquePointer
  private let database: Database

  init(_ statement: OpaquePointer, of database: Database) {
    self.statement = statement
    self.database = database
  }

  deinit { sqlite3_finalize(statement) }

  /// Sets all parameters and runs the statement to its end.
  func run(_ values: [DatabaseValue]) throws(DatabaseFailure) {
    try bind(values)
    while try step() {}
    reset()
  }

  /// Sets the parameters in order.
  func bind(_ values: [DatabaseValue]) throws(DatabaseFailure) {
    for (place, value) in values.enumerated() {
      let number = Int32(place + 1)
      switch value {
      case .null: try database.check(sqlite3_bind_null(statement, number))
      case .int(let value): try database.check(sqlite3_bind_int64(statement, number, value))
      case .double(let value): try database.check(sqlite3_bind_double(statement, number, value))
      case .text(let value):
        var value = value
        let status = value.withUTF8 { bytes in
          bytes.withMemoryRebound(to: CChar.self) {
            latent_sqlite_bind_text(statement, number, $0.baseAddress, $0.count)
          }
        }
        try database.check(status)
      }
    }
  }

  /// Sets a parameter to a text of C's, without making a Swift text of it.
  func bind(_ text: UnsafePointer<CChar>, count: Int, at place: Int) {
    _ = latent_sqlite_bind_text(statement, Int32(place + 1), text, count)
  }

  /// Sets a parameter to a whole number.
  func bind(_ number: Int64, at place: Int) {
    _ = sqlite3_bind_int64(statement, Int32(place + 1), number)
  }

  /// Goes to the next row; false at the end.
  func step() throws(DatabaseFailure) -> Bool {
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let status: throw database.failure(status)
    }
  }

  /// Ready to run again.
  func reset() { sqlite3_reset(statement) }

  /// A column of the present row.
  func value(_ column: Int) -> DatabaseValue {
    let place = Int32(column)
    switch sqlite3_column_type(statement, place) {
    case SQLITE_INTEGER: return .int(sqlite3_column_int64(statement, place))
    case SQLITE_FLOAT: return .double(sqlite3_column_double(statement, place))
    case SQLITE_TEXT:
      guard let text = sqlite3_column_text(statement, place) else { return .null }
      let count = Int(sqlite3_column_bytes(statement, place))
      return .text(
        String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self))
    default: return .null
    }
  }

  /// A column of the present row as text; nil for nothing.
  func text(_ column: Int) -> String? {
    if case .text(let text) = value(column) { text } else { nil }
  }

  /// A column of the present row as a whole number; 0 for anything else.
  func int(_ column: Int) -> Int64 { sqlite3_column_int64(statement, Int32(column)) }
}
