extension ReportDocument {
  /// The page as one text of HTML: style, pictures, data and scripts are inside it, and it asks
  /// the network for nothing.
  ///
  /// Each chart is drawn as SVG, which stays when there is no script, on paper and for screen
  /// readers; `charts` lays plotly.js over it. Fails only when a picture cannot be encoded.
  public func html(charts library: ChartLibrary? = nil) throws -> String {
    var page = PageWriter()
    let names = sections.map { page.uniqueName($0.title) }
    page.head(title: title)
    page.bar(zip(names, sections).map { (name: $0, title: $1.title) })
    page.add("<main id=\"content\" class=\"wrap\">")
    page.top(self)
    for (name, section) in zip(names, sections) {
      page.add("<section id=\"\(name)\" aria-labelledby=\"\(name).h\">")
      page.add("<h2 id=\"\(name).h\">\(HTML.escape(section.title))</h2>")
      if !section.lead.isEmpty { page.element("p", section.lead, kind: "lead") }
      for block in section.blocks { try page.block(block) }
      page.add("</section>")
    }
    page.add("</main>")
    try page.foot(library: library)
    return page.lines.joined(separator: "\n") + "\n"
  }
}

extension PageWriter {
  mutating func head(title: String) {
    add(
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content="\(PageResources.policy)" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="generator" content="swift-latent" />
      <title>\(HTML.escape(title))</title>
      <style>
      \(PageResources.style)</style>
      <script>\(PageResources.firstScript)</script>
      </head>
      <body>
      <a class="skip" href="#content">Skip to the content</a>
      """)
  }

  mutating func bar(_ links: [(name: String, title: String)]) {
    add("<div class=\"topbar\"><div class=\"wrap\">")
    add("<nav aria-label=\"Sections\"><ul>")
    for link in links {
      add("<li><a href=\"#\(link.name)\">\(HTML.escape(link.title))</a></li>")
    }
    add("</ul></nav><div class=\"theme\"></div></div></div>")
  }

  mutating func top(_ document: ReportDocument) {
    add("<header class=\"top\">")
    element("p", document.kicker, kind: "kicker")
    element("h1", document.title)
    if !document.facts.isEmpty {
      add("<ul class=\"facts\">")
      for fact in document.facts { element("li", fact) }
      add("</ul>")
    }
    highlights(document.highlights)
    add("</header>")
  }

  mutating func highlights(_ rows: [MetricRow]) {
    guard !rows.isEmpty else { return }
    add("<dl class=\"highlights\">")
    for row in rows {
      let unit = TermName.unit(row.unit).map { "<span class=\"unit\">\(HTML.escape($0))</span>" }
      add("<div><dt>\(HTML.escape(row.name))</dt>")
      add("<dd><span class=\"value\">\(HTML.escape(row.valueText))</span>\(unit ?? "")")
      let basis = row.interval == nil ? row.note : row.basisText
      for detail in [row.intervalText, basis] where !detail.isEmpty {
        add("<span class=\"interval\">\(HTML.escape(detail))</span>")
      }
      add("</dd></div>")
    }
    add("</dl>")
  }

  mutating func foot(library: ChartLibrary?) throws {
    add("<footer class=\"wrap\"><p>Made by swift-latent. This page is complete in itself and opens")
    add(
      "without a network.\(library == nil ? "" : " Charts: plotly.js (MIT licence).")</p></footer>")
    if !charts.isEmpty {
      add("<script type=\"application/json\" id=\"figures\">\(try HTML.json(charts))</script>")
      if let library { add("<script>\(library.source)</script>") }
    }
    add("<script>\n\(PageResources.script)</script>\n</body>\n</html>")
  }
}
