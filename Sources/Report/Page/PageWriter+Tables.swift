extension PageWriter {
  /// A table in a panel of its own.
  mutating func table(_ table: Table) {
    add("<div class=\"block panel\">")
    bareTable(table)
    if !table.caption.isEmpty { element("p", table.caption, kind: "note") }
    add("</div>")
  }

  /// The table alone; wide ones can be scrolled, with the keyboard too.
  mutating func bareTable(_ table: Table) {
    let label = HTML.escape(table.title)
    add("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(label)\"><table>")
    element("caption", table.title)
    add("<thead><tr>")
    for column in table.columns {
      add("<th scope=\"col\"\(Self.kind(column))>\(HTML.escape(column.title))</th>")
    }
    add("</tr></thead><tbody>")
    for row in table.rows {
      add("<tr>")
      for (place, cell) in zip(table.columns, row).enumerated() {
        let tag = place == 0 ? "th scope=\"row\"" : "td"
        let end = place == 0 ? "th" : "td"
        add("<\(tag)\(Self.kind(cell.0))>\(HTML.escape(cell.1))</\(end)>")
      }
      add("</tr>")
    }
    add("</tbody></table></div>")
  }

  private static func kind(_ column: Table.Column) -> String {
    column.isNumeric ? " class=\"number\"" : ""
  }
}
