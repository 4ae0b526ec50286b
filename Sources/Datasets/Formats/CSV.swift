package import Torch

/// Tables of numbers as text: fields between commas, semicolons or tabs, in quotes where need be.
///
/// The separator is the one of the three that is most frequent in the first line. The first line is
/// a head unless every field of it is a number or the table has no second line. A column of words,
/// of which there may be one, is the label. Format: RFC 4180.
package struct CSV {
  /// A column of words, each kept once.
  package struct Words {
    /// Where the column is.
    package let column: Int
    /// The distinct words in the order in which they appear.
    package fileprivate(set) var kinds: [String] = []
    /// The kind of each row's word.
    package fileprivate(set) var numbers: [Int] = []

    /// The word of each row.
    package var fields: [String] { numbers.map { kinds[$0] } }
  }

  /// The columns' names; nil without a head.
  package let names: [String]?
  /// The number of rows without the head.
  package let rowCount: Int
  /// The numbers [rows, columns] float32 of all columns but that of words.
  package let numbers: Tensor
  /// The column of words, if there is one.
  package let words: Words?

  /// A column of words may have so many different ones.
  package static let kindLimit = 10_000

  /// Reads a whole file, plain or compressed with gzip.
  ///
  /// Throws `FileError` that names line and column: for rows of unequal length, a second column of
  /// words, more than `kindLimit` different words, empty fields, numbers that are not finite, an
  /// unclosed quote, more than 1 GB of text.
  package init(_ file: any ByteSource) throws {
    let text = try TextFile.contents(file)
    let form = try CSVForm(text, path: file.path)
    var scanner = CSVScanner(text, path: file.path)
    var names: [String] = []
    if form.hasHead {
      while let field = try scanner.next() {
        names.append(String(decoding: field.bytes, as: UTF8.self))
        if field.endsRow { break }
      }
    }
    var columns = CSVColumns(form, names: form.hasHead ? names : nil, path: file.path)
    // Every number needs a byte at least, however many a ragged table promises.
    columns.reserve(min(text.count + 1, form.numberCount))
    var column = 0
    while let field = try scanner.next() {
      try columns.append(field, at: column, line: scanner.line)
      column = field.endsRow ? 0 : column + 1
    }
    self.names = form.hasHead ? names : nil
    rowCount = columns.count
    words = columns.words
    numbers = Tensor(columns.numbers, shape: [columns.count, form.numericWidth])
  }
}

/// What the first rows of a table and the number of its rows tell of it.
private struct CSVForm {
  private(set) var width = 0
  private(set) var hasHead = false
  /// The first column of words is the label; a second one fails at its field.
  private(set) var wordColumn: Int?
  private var rowCount = 0

  init(_ text: [UInt8], path: String) throws {
    var scanner = CSVScanner(text, path: path)
    var firstIsNumbers = true
    var firstWord: Int?
    var column = 0
    while let field = try scanner.next() {
      if rowCount < 2, CSVScanner.number(field.bytes) == nil {
        if rowCount == 0 { firstIsNumbers = false }
        if !field.bytes.isEmpty {
          if rowCount == 0 {
            firstWord = firstWord ?? column
          } else {
            wordColumn = wordColumn ?? column
          }
        }
      }
      column += 1
      guard field.endsRow else { continue }
      if rowCount == 0 { width = column }
      rowCount += 1
      column = 0
    }
    guard rowCount > 0 else { throw scanner.bad("expected at least one row, found none") }
    hasHead = rowCount > 1 && !firstIsNumbers
    if !hasHead { wordColumn = firstWord }
  }

  var numericWidth: Int { width - (wordColumn == nil ? 0 : 1) }

  var numberCount: Int {
    let (product, overflow) = rowCount.multipliedReportingOverflow(by: numericWidth)
    return overflow ? .max : product
  }
}

/// The growing columns of a table.
private struct CSVColumns {
  private let width: Int
  private let names: [String]?
  private let path: String
  private(set) var numbers: [Float] = []
  private(set) var words: CSV.Words?
  private(set) var count = 0
  private var kindNumbers: [String: Int] = [:]

  init(_ form: CSVForm, names: [String]?, path: String) {
    width = form.width
    words = form.wordColumn.map { CSV.Words(column: $0) }
    self.names = names
    self.path = path
  }

  mutating func reserve(_ count: Int) { numbers.reserveCapacity(count) }

  mutating func append(_ field: CSVScanner.Field, at column: Int, line: Int) throws {
    guard field.endsRow == (column == width - 1) else {
      let found = column < width ? "\(column + 1)" : "more"
      throw bad("line \(line): expected \(width) fields as in the first row, found \(found)")
    }
    if field.endsRow { count += 1 }
    if column == words?.column {
      try append(word: String(decoding: field.bytes, as: UTF8.self))
    } else if let number = CSVScanner.number(field.bytes) {
      numbers.append(number)
    } else {
      let name = names.map { " (\($0[column].prefix(40)))" } ?? ""
      let text = String(decoding: field.bytes.prefix(160), as: UTF8.self).prefix(40)
      throw bad(
        "line \(line), column \(column + 1)\(name): expected a finite number, found '\(text)'")
    }
  }

  private mutating func append(word: String) throws {
    let next = kindNumbers.count
    let number = kindNumbers[word, default: next]
    if number == next {
      guard next < CSV.kindLimit else {
        throw bad("its column of words has more than \(CSV.kindLimit) different ones")
      }
      kindNumbers[word] = next
      words?.kinds.append(word)
    }
    words?.numbers.append(number)
  }

  private func bad(_ problem: String) -> FileError {
    FileError(
      path: path, problem: problem,
      remedy: "keep one column of labels at most, and numbers in all others")
  }
}
