package import Torch

/// Tables of numbers as text: fields between commas, semicolons or tabs, in quotes where need be.
///
/// The separator is the one of the three that is most frequent in the first line. The first line is
/// a head unless every field of it is a number or the table has no second line. A column of words,
/// of which there may be one, is the label. Format: RFC 4180.
package struct CSV {
  /// The columns' names; nil without a head.
  package let names: [String]?
  /// The number of rows without the head.
  package let rowCount: Int
  /// The numbers [rows, columns] float32 of all columns but that of words.
  package let numbers: Tensor
  /// Where the column of words is, and its fields.
  package let words: (column: Int, fields: [String])?

  /// Reads a whole file, plain or compressed with gzip.
  ///
  /// Throws `FileError` that names line and column: for rows of unequal length, a second column of
  /// words, empty fields, numbers that are not finite, an unclosed quote, more than 2 GB of text.
  package init(_ file: any ByteSource) throws {
    var scanner = CSVScanner(try TextFile.contents(file), path: file.path)
    guard let first = try scanner.nextRow(), !first.isEmpty else {
      throw scanner.bad("expected at least one row, found none")
    }
    var rows = CSVColumns(width: first.count, path: file.path)
    let second = try scanner.nextRow()
    let isHead = second != nil && !first.allSatisfy { CSVScanner.number($0) != nil }
    names = isHead ? first.map { String(decoding: $0, as: UTF8.self) } : nil
    rows.names = names
    if let second {
      rows.findWords(isHead ? second : first)
      if !isHead { try rows.append(first, line: 1) }
      try rows.append(second, line: scanner.line)
    } else {
      rows.findWords(first)
      try rows.append(first, line: 1)
    }
    while let row = try scanner.nextRow() { try rows.append(row, line: scanner.line) }
    rowCount = rows.count
    words = rows.wordColumn.map { ($0, rows.words) }
    numbers = Tensor(rows.numbers, shape: [rows.count, rows.numericWidth])
  }
}

/// The growing columns of a table.
private struct CSVColumns {
  let width: Int
  let path: String
  var names: [String]?
  var numbers: [Float] = []
  var words: [String] = []
  var wordColumn: Int?
  var count = 0

  init(width: Int, path: String) {
    self.width = width
    self.path = path
  }

  var numericWidth: Int { width - (wordColumn == nil ? 0 : 1) }

  /// The first column of words is the label; a second one fails at its field.
  mutating func findWords(_ row: [ArraySlice<UInt8>]) {
    wordColumn = row.firstIndex { CSVScanner.number($0) == nil && !$0.isEmpty }
  }

  mutating func append(_ row: [ArraySlice<UInt8>], line: Int) throws {
    guard row.count == width else {
      throw bad("line \(line): expected \(width) fields as in the first row, found \(row.count)")
    }
    for (column, field) in row.enumerated() {
      if column == wordColumn {
        words.append(String(decoding: field, as: UTF8.self))
      } else if let number = CSVScanner.number(field) {
        numbers.append(number)
      } else {
        let name = names.map { " (\($0[column].prefix(40)))" } ?? ""
        let text = String(decoding: field.prefix(160), as: UTF8.self).prefix(40)
        throw bad(
          "line \(line), column \(column + 1)\(name): expected a finite number, found '\(text)'")
      }
    }
    count += 1
  }

  private func bad(_ problem: String) -> FileError {
    FileError(
      path: path, problem: problem,
      remedy: "keep one column of labels at most, and numbers in all others")
  }
}
