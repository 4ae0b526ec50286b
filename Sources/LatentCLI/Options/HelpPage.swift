/// The help of one command, 80 columns wide.
struct HelpPage {
  /// The command and those above it, from the top.
  let path: [any Command.Type]
  private let columns = 80

  /// Makes the help of the last command of `path`.
  init(_ path: [any Command.Type]) { self.path = path }

  /// The whole text, without a final line feed.
  var text: String {
    guard let command = path.last else { return "" }
    let summary = command.summary
    let children = command.subcommands
    let arguments = children.isEmpty ? DeclaredArguments(of: command.init()) : nil
    var parts = ["\(name): \(summary.abstract)".wrapped(to: columns).joined(separator: "\n")]
    parts.append(usage(arguments))
    if !summary.discussion.isEmpty {
      parts.append(summary.discussion.wrapped(to: columns).joined(separator: "\n"))
    }
    let sections = sections(arguments, children).filter { !$0.rows.isEmpty }
    let widths = sections.flatMap(\.rows).map(\.title.displayWidth)
    let indent = 4 + (widths.filter { $0 <= 26 }.max() ?? 0)
    for section in sections {
      parts.append(section.title + "\n" + list(section.rows, indent: indent))
    }
    if !summary.examples.isEmpty {
      let lines = summary.examples.map { example in
        "  \(example.line)\n" + indented(example.does, by: 6)
      }
      parts.append("Examples\n" + lines.joined(separator: "\n"))
    }
    if !children.isEmpty {
      parts.append("'\(name) <command> --help' shows a command's options and examples.")
    }
    return parts.joined(separator: "\n\n")
  }

  private typealias Row = (title: String, help: String)
  private typealias Section = (title: String, rows: [Row])

  private var name: String { path.map { $0.summary.name }.joined(separator: " ") }

  private func usage(_ arguments: DeclaredArguments?) -> String {
    guard let arguments else { return "Usage: \(name) <command> [options]" }
    var words = arguments.positionals.map { entry in
      let title = entry.spec.title + (entry.spec.isRepeated ? "…" : "")
      return entry.spec.minimum == 0 ? "[\(title)]" : title
    }
    for spec in arguments.named.map(\.spec) where spec.minimum > 0 {
      words.append("\(spec.title) <\(spec.valueName)>")
    }
    words.append("[options]")
    let start = "Usage: \(name) "
    return start + wrap(words, after: start.count)
  }

  /// Joins `words` with spaces; lines after the first begin below the first word.
  private func wrap(_ words: [String], after indent: Int) -> String {
    var result = ""
    var width = indent
    for (index, word) in words.enumerated() {
      if index > 0, width + 1 + word.displayWidth > columns {
        result += "\n" + String(repeating: " ", count: indent)
        width = indent
      } else if index > 0 {
        result += " "
        width += 1
      }
      result += word
      width += word.displayWidth
    }
    return result
  }

  private func sections(
    _ arguments: DeclaredArguments?, _ children: [any Command.Type]
  ) -> [Section] {
    var general: [Row] = [
      ("--json", "Print one JSON document on stdout; all else goes to stderr."),
      ("-h, --help", "Show this help."),
    ]
    guard let arguments else {
      if path.count == 1 { general.append(("--version", "Show the version.")) }
      let rows = children.map { Row($0.summary.name, $0.summary.abstract) }
      return [("Commands", rows), ("General", general)]
    }
    var result: [Section] = [
      ("Arguments", arguments.positionals.map { row($0.spec) }),
      ("Options", arguments.named.filter { $0.section == nil }.map { row($0.spec) }),
    ]
    for entry in arguments.named {
      guard let title = entry.section else { continue }
      if let index = result.firstIndex(where: { $0.title == title }) {
        result[index].rows.append(row(entry.spec))
      } else {
        result.append((title, [row(entry.spec)]))
      }
    }
    return result + [("General", general)]
  }

  private func row(_ spec: ArgumentSpec) -> Row {
    var title = spec.short.map { "-\($0), " } ?? ""
    title += spec.title + (spec.form == .option ? " <\(spec.valueName)>" : "")
    if spec.form == .positional, spec.isRepeated { title += "…" }
    var notes: [String] = []
    if !spec.choices.isEmpty { notes.append(spec.choices.joined(separator: ", ")) }
    if let condition = spec.condition { notes.append(condition) }
    if spec.form == .option, spec.minimum > 0 { notes.append("required") }
    if spec.minimum > 1 { notes.append("\(spec.minimum) or more") }
    if let text = spec.defaultText, !text.isEmpty { notes.append("default: \(text)") }
    return (title, spec.help + (notes.isEmpty ? "" : " (\(notes.joined(separator: "; ")))"))
  }

  private func list(_ rows: [Row], indent: Int) -> String {
    rows.map { row in
      let start = "  " + row.title
      let help = indented(row.help, by: indent)
      guard start.displayWidth + 2 <= indent else { return start + "\n" + help }
      return start.padded(to: indent) + help.dropFirst(indent)
    }.joined(separator: "\n")
  }

  private func indented(_ text: String, by indent: Int) -> String {
    let space = String(repeating: " ", count: indent)
    return text.wrapped(to: columns - indent).map { space + $0 }.joined(separator: "\n")
  }
}
