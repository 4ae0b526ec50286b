/// Words and numbers in rows and columns.
public struct Table: Sendable, Hashable, Codable {
  /// What stands above a column and how it is set.
  public struct Column: Sendable, Hashable, Codable {
    /// The heading.
    public var title: String
    /// Whether it holds numbers, which stand to the right.
    public var isNumeric: Bool

    /// A column with its heading.
    public init(_ title: String, isNumeric: Bool = false) {
      self.title = title
      self.isNumeric = isNumeric
    }
  }

  /// What the table shows, in a few words.
  public var title: String
  /// A sentence under the table; may be empty.
  public var caption: String
  /// The columns; the first one names the rows.
  public var columns: [Column]
  /// The rows, a text a column.
  public var rows: [[String]]

  /// A table; stops when a row has not one text a column.
  public init(_ title: String, caption: String = "", columns: [Column], rows: [[String]]) {
    precondition(
      rows.allSatisfy { $0.count == columns.count },
      "\(title): \(columns.count) columns, \(rows.map(\.count)) texts")
    self.title = title
    self.caption = caption
    self.columns = columns
    self.rows = rows
  }
}
