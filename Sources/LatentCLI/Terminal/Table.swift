/// Rows under headings, in aligned columns.
struct Table {
  /// One column.
  struct Column: Sendable {
    /// The heading.
    let title: String
    /// The unit, shown in the heading.
    let unit: String?
    /// Words stand left, numbers right.
    let alignment: TextAlignment
    /// Whether long text goes on in the next line where the terminal is narrow.
    let wraps: Bool

    /// A column of words.
    static func text(_ title: String, wraps: Bool = false) -> Column {
      Column(title: title, unit: nil, alignment: .left, wraps: wraps)
    }

    /// A column of numbers.
    static func number(_ title: String, unit: String? = nil) -> Column {
      Column(title: title, unit: unit, alignment: .right, wraps: false)
    }

    /// The heading with the unit.
    var heading: String { unit.map { "\(title) [\($0)]" } ?? title }
  }

  /// The columns.
  let columns: [Column]
  /// The cells, as many a row as there are columns.
  private(set) var rows: [[String]] = []

  /// Makes a table without rows.
  init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row.
  ///
  /// **Fails** (stops the program) unless there are as many cells as columns.
  mutating func add(_ cells: [String]) {
    precondition(
      cells.count == columns.count, "a row of \(cells.count) cells in \(columns.count) columns")
    rows.append(cells)
  }

  /// The lines of the table: headings, a rule, rows.
  ///
  /// Within `width` columns of a terminal, columns that wrap share what the others leave (at least
  /// 16 columns each), and what still sticks out is cut off with `…`; `nil` (a file or a pipe)
  /// leaves every row one whole line.
  func lines(width: Int?, palette: Palette = .plain) -> [String] {
    let widths = fittedWidths(width)
    func cut(_ line: String) -> String { width.map { line.truncated(to: $0) } ?? line }
    let total = widths.reduce(0, +) + 2 * max(0, columns.count - 1)
    let heading = cut(line(columns.map(\.heading), widths))
    let rule = String(repeating: "─", count: width.map { min($0, total) } ?? total)
    let body = rows.flatMap { cells in wrapped(cells, widths, isWrapping: width != nil).map(cut) }
    return [palette.accent(heading), palette.dim(rule)] + body
  }

  private func fittedWidths(_ limit: Int?) -> [Int] {
    var widths = columns.indices.map { index in
      rows.map { $0[index].displayWidth }.reduce(columns[index].heading.displayWidth, max)
    }
    guard let limit else { return widths }
    let wrapping = columns.indices.filter { columns[$0].wraps }
    var excess = widths.reduce(0, +) + 2 * max(0, columns.count - 1) - limit
    // The widest gives way first, so that short columns stay whole.
    while excess > 0, let widest = wrapping.max(by: { widths[$0] < widths[$1] }),
      widths[widest] > 16
    {
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  private func wrapped(_ cells: [String], _ widths: [Int], isWrapping: Bool) -> [String] {
    let parts = columns.indices.map { index in
      columns[index].wraps && isWrapping
        ? cells[index].wrapped(to: widths[index]) : [cells[index]]
    }
    let height = parts.map(\.count).max() ?? 1
    return (0..<height).map { row in
      line(parts.map { row < $0.count ? $0[row] : "" }, widths)
    }
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    let padded = zip(columns, zip(cells, widths)).map { column, cell in
      cell.0.padded(to: cell.1, alignment: column.alignment)
    }
    let line = padded.joined(separator: "  ")
    guard let end = line.lastIndex(where: { $0 != " " }) else { return "" }
    return String(line[...end])
  }
}
