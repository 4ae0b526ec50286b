import Report
import Runs

/// The studio's two pages, without script. Every text of a run is escaped.
enum RunsPage {
  /// The table of all runs.
  static func list(_ runs: [RunSummary]) -> String {
    var body = "<h1>Runs</h1>\n"
    if runs.isEmpty {
      body +=
        "<p>There are no runs yet: <code>latent train vae --data digits</code> makes one.</p>\n"
    } else {
      body += """
        <table>
        <thead><tr><th>run</th><th>status</th><th>recipe</th><th>data</th><th>start</th>\
        <th class="n">last ELBO</th><th></th></tr></thead>
        <tbody>

        """
      for run in runs { body += row(run) }
      body += "</tbody>\n</table>\n"
    }
    return page("Runs", body)
  }

  private static func row(_ run: RunSummary) -> String {
    let report = run.hasReport ? link([run.name, "report.html"], "report") : ""
    let cells = [
      link([run.name], run.name), status(run), text(run.record?.recipe),
      text(run.record?.data.source), text(run.record?.start),
    ]
    return "<tr>" + cells.map { "<td>\($0)</td>" }.joined()
      + "<td class=\"n\">\(bound(run))</td><td>\(report)</td></tr>\n"
  }

  /// One run: facts, links, figures.
  static func run(_ run: RunSummary) -> String {
    var body = "<p><a href=\"/\">All runs</a></p>\n<h1>\(HTML.escape(run.name))</h1>\n<dl>\n"
    let record = run.record
    let facts = [
      ("status", status(run)), ("recipe", text(record?.recipe)),
      ("data", text(record?.data.source)),
      ("seed", record?.seed.map { "\($0)" } ?? ""), ("budget", text(record?.budget)),
      ("start", text(record?.start)), ("end", text(record?.end)), ("last ELBO", bound(run)),
      ("reason", text(record?.reason)),
    ]
    for (name, value) in facts where !value.isEmpty {
      body += "<dt>\(name)</dt><dd>\(value)</dd>\n"
    }
    body += "</dl>\n<p>"
    if run.hasReport { body += link([run.name, "report.html"], "Report") + " · " }
    body += link([run.name, "run.json"], "record") + " · "
    body += link([run.name, "events.jsonl"], "events") + "</p>\n"
    for name in run.figures {
      let path = address([run.name, "figures", name])
      let title = HTML.escape(String(name.dropLast(4)))
      body += """
        <figure><a href="\(path)"><img src="\(path)" alt="\(title)"></a>\
        <figcaption>\(title)</figcaption></figure>

        """
    }
    return page(run.name, body)
  }

  private static func text(_ value: String?) -> String { value.map(HTML.escape) ?? "" }

  private static func status(_ run: RunSummary) -> String {
    "<span class=\"\(run.status)\">\(run.status)</span>"
  }

  private static func bound(_ run: RunSummary) -> String {
    guard let last = run.last, let quantity = last.terms["elbo"] else { return "" }
    let value = (quantity.value * 100).rounded() / 100
    return HTML.escape("\(value) \(quantity.unit), \(last.split), step \(last.step)")
  }

  private static func address(_ parts: [String]) -> String {
    "/runs/" + parts.map(Request.encoded).joined(separator: "/")
  }

  private static func link(_ parts: [String], _ text: String) -> String {
    "<a href=\"\(address(parts))\">\(HTML.escape(text))</a>"
  }

  private static func page(_ title: String, _ body: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>\(HTML.escape(title)) · latent studio</title>
    <style>\(style)</style>
    </head>
    <body>
    \(body)</body>
    </html>

    """
  }

  private static let style = """
    :root { --page: #f8f8f6; --ink: #1b1f23; --muted: #59616a; --line: #dfe1e3; --accent: #0b6a80; --problem: #b3261e; }
    @media (prefers-color-scheme: dark) {
      :root { --page: #121518; --ink: #e6e9ec; --muted: #a2abb4; --line: #2e353c; --accent: #6cc3d8; --problem: #f2938c; }
    }
    body { margin: 2rem auto; width: min(100% - 2.5rem, 70rem); background: var(--page); color: var(--ink);
      font: 400 1rem/1.55 ui-sans-serif, system-ui, sans-serif; font-variant-numeric: tabular-nums; }
    h1 { font-size: 1.4rem; font-weight: 600; overflow-wrap: anywhere; }
    a { color: var(--accent); }
    table { border-collapse: collapse; width: 100%; font-size: .925rem; }
    th { text-align: left; font-weight: 500; color: var(--muted); }
    th, td { padding: .45rem .9rem .45rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
    td { overflow-wrap: anywhere; }
    .n { text-align: right; }
    .failed, .damaged { color: var(--problem); }
    .running { color: var(--accent); }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; }
    dt { color: var(--muted); }
    dd { margin: 0; overflow-wrap: anywhere; }
    figure { margin: 1.5rem 0; }
    img { max-width: 100%; height: auto; image-rendering: pixelated; }
    figcaption { color: var(--muted); font-size: .875rem; }
    """
}
