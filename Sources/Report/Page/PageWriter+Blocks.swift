extension PageWriter {
  mutating func block(_ block: ReportBlock) throws {
    switch block {
    case .text(let text): element("p", text)
    case .command(let command):
      add("<div class=\"block command\"><code>\(HTML.escape(command))</code>")
      add("<span class=\"slot\"></span></div>")
    case .figure(let figure):
      add("<div class=\"block\">")
      try self.figure(figure, size: .wide)
      add("</div>")
    case .figures(let figures):
      let kind = figures.allSatisfy(\.isPicture) ? " pictures" : ""
      add("<div class=\"block side\(kind)\">")
      for figure in figures { try self.figure(figure, size: .half) }
      add("</div>")
    case .facts(let title, let facts): self.facts(title, facts)
    case .metrics(let title, let rows): table(Self.table(title, rows))
    case .findings(let findings): self.findings(findings)
    }
  }

  private mutating func facts(_ title: String, _ facts: [Fact]) {
    guard !facts.isEmpty else { return }
    add("<div class=\"block panel\">")
    if !title.isEmpty { element("h3", title) }
    // Two tables beside each other where there is room, read one after the other.
    let half = facts.count > 8 ? (facts.count + 1) / 2 : facts.count
    let label = title.isEmpty ? "" : " aria-label=\"\(HTML.escape(title))\""
    add("<div class=\"columns\">")
    for start in stride(from: 0, to: facts.count, by: half) {
      add("<table class=\"keys\"\(label)><tbody>")
      for fact in facts[start..<min(start + half, facts.count)] {
        add("<tr><th scope=\"row\">\(HTML.escape(fact.name))</th>")
        add("<td>\(HTML.escape(fact.value))</td></tr>")
      }
      add("</tbody></table>")
    }
    add("</div></div>")
  }

  private static func table(_ title: String, _ rows: [MetricRow]) -> Table {
    let hasNotes = rows.contains { !$0.note.isEmpty }
    let columns: [Table.Column] =
      [
        .init("Metric"), .init("Value", isNumeric: true), .init("Unit"),
        .init("Interval", isNumeric: true), .init("Kind"), .init("n", isNumeric: true),
      ] + (hasNotes ? [.init("Note")] : [])
    let texts = rows.map { row in
      let kind = row.interval == nil ? "" : row.intervalKind
      let start = [row.name, row.valueText, TermName.unit(row.unit) ?? ""]
      let count = row.count.map { String($0) } ?? ""
      return start + [row.intervalText, kind, count] + (hasNotes ? [row.note] : [])
    }
    return Table(title, columns: columns, rows: texts)
  }

  private mutating func findings(_ findings: [Finding]) {
    guard !findings.isEmpty else { return }
    add("<ul class=\"block findings\">")
    for finding in findings {
      let mark =
        switch finding.severity {
        case .good: "As it should be"
        case .notice: "Worth knowing"
        case .problem: "To be mended"
        }
      add("<li class=\"\(finding.severity.rawValue)\">")
      element("span", mark, kind: "mark")
      element("h3", finding.title)
      element("p", finding.text)
      if !finding.remedy.isEmpty { element("p", "Remedy: \(finding.remedy)") }
      if !finding.command.isEmpty {
        add("<div class=\"command\"><code>\(HTML.escape(finding.command))</code>")
        add("<span class=\"slot\"></span></div>")
      }
      add("</li>")
    }
    add("</ul>")
  }
}
