import Datasets
import LatentCore

/// A program of commands: finds the one that is meant, and runs it.
struct CommandTree: Sendable {
  /// The command at the top, named like the program.
  let root: any Command.Type
  /// What `--version` prints.
  let version: String

  /// Makes a program.
  init(_ root: any Command.Type, version: String) {
    self.root = root
    self.version = version
  }

  /// What a command line asks for.
  enum Request {
    /// Text for stdout: help or the version.
    case show(String)
    /// A command with its properties filled.
    case run(any Command)
  }

  /// Runs a command line (without the program's name) and returns the exit code.
  ///
  /// `translate` turns errors of other modules into a ``CommandError``; those it gives back as
  /// `nil` become exit code 3 with their own text.
  func main(
    _ words: [String], console: (_ isJSON: Bool) -> Console = { Console(isJSON: $0) },
    translating translate: (any Error) -> CommandError? = { _ in nil }
  ) -> ExitCode {
    let isJSON = words.prefix { $0 != "--" }.contains("--json")
    let console = console(isJSON)
    do {
      switch try request(words) {
      case .show(let text):
        if isJSON { console.report(["text": .string(text)]) } else { console.print(text) }
      case .run(let command):
        try command.run(console)
      }
      console.finish()
      return .done
    } catch {
      let known = error as? CommandError ?? (error as? ConfigError).map { CommandError($0) }
      let shown =
        known ?? translate(error)
        ?? .environment(
          "\(error)", remedy: "if the cause is not clear, run: \(name(of: [root])) doctor")
      console.finish(shown)
      return shown.code
    }
  }

  /// Finds what `words` ask for.
  ///
  /// `--help`, `-h` and `--version` are answered before anything else is checked; `help train` is
  /// the same as `train --help`.
  func request(_ words: [String]) throws(CommandError) -> Request {
    var words = words
    if words.first == "help" { words = Array(words.dropFirst()) + ["--help"] }
    let beforeEnd = words.prefix { $0 != "--" }
    let wantsHelp = beforeEnd.contains("--help") || beforeEnd.contains("-h")
    var path: [any Command.Type] = [root]
    var rest = words[...]
    while let current = path.last, !current.subcommands.isEmpty {
      if beforeEnd.contains("--version"), path.count == 1, rest.first == "--version" {
        return .show("\(root.summary.name) \(version)")
      }
      // Before the last subcommand only options that every command has may stand.
      while rest.first == "--json" || rest.first == "--help" || rest.first == "-h" {
        rest.removeFirst()
      }
      guard let word = rest.first else {
        if wantsHelp || path.count == 1 { return .show(HelpPage(path).text) }
        throw missingSubcommand(path)
      }
      guard let next = current.subcommands.first(where: { $0.summary.name == word }) else {
        throw unknownSubcommand(word, path)
      }
      path.append(next)
      rest.removeFirst()
    }
    if wantsHelp { return .show(HelpPage(path).text) }
    guard let last = path.last else { return .show(version) }
    let command = last.init()
    var parser = ArgumentParser(
      commandName: name(of: path), arguments: DeclaredArguments(of: command))
    let end = rest.firstIndex(of: "--") ?? rest.endIndex
    try parser.parse(rest[..<end].filter { $0 != "--json" } + rest[end...])
    return .run(command)
  }

  private func name(of path: [any Command.Type]) -> String {
    path.map { $0.summary.name }.joined(separator: " ")
  }

  private func missingSubcommand(_ path: [any Command.Type]) -> CommandError {
    let names = path.last?.subcommands.map { $0.summary.name } ?? []
    return .usage(
      "missing subcommand for '\(name(of: path))'",
      remedy: "one of: \(names.joined(separator: ", "))")
  }

  private func unknownSubcommand(_ word: String, _ path: [any Command.Type]) -> CommandError {
    let names = path.last?.subcommands.map { $0.summary.name } ?? []
    let near = NearestName.match(word, in: names)
    let kind = word.hasPrefix("-") ? "option" : path.count == 1 ? "command" : "subcommand"
    return .usage(
      "unknown \(kind) '\(word)' for '\(name(of: path))'",
      remedy: (near.map { "did you mean '\($0)'? " } ?? "")
        + "All commands: \(name(of: path)) --help")
  }
}
