import Datasets
import LatentCore

/// Reads the words after a command's name into the command's properties.
struct ArgumentParser {
  /// The whole name, such as `latent data inspect`, for messages.
  let commandName: String
  let arguments: DeclaredArguments

  /// A value found, not yet taken.
  struct Given {
    /// What it is for.
    let spec: ArgumentSpec
    /// The value; empty for a flag.
    let text: String
    /// How the user wrote the name.
    let written: String
  }

  private(set) var given: [Given] = []
  private var standIns: [any ArgumentSource] = []

  init(commandName: String, arguments: DeclaredArguments) {
    self.commandName = commandName
    self.arguments = arguments
  }

  /// Reads `words` and fills the command's properties.
  ///
  /// Options may stand anywhere; after `--` every word is an argument; a word such as `-3.5` is a
  /// number, not an option. A source of arguments adds what the words do not say.
  /// **Fails** with exit code 2 and what was expected and found, and with 3 when a source of arguments
  /// cannot be read.
  mutating func parse(_ words: [String]) throws(CommandError) {
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        for word in rest { try addPositional(word) }
        break
      }
      if Self.isOption(word) {
        try addOption(word, following: &rest)
      } else {
        try addPositional(word)
      }
    }
    let named = given.compactMap {
      $0.spec.source?.init(argument: $0.text) as (any ArgumentSource)?
    }
    for source in standIns + named { given = try givenIn(source) + given }
    for value in given { try take(value) }
    try refuseRivals()
    try requireAll()
  }

  /// Whether a word is an option rather than a value: it begins with a dash and is neither `-`
  /// alone nor a number or a list of them, such as `-3,3` or `-inf`.
  static func isOption(_ word: String) -> Bool {
    guard word.hasPrefix("-"), word != "-", Double(word) == nil else { return false }
    let second = word.dropFirst().first
    return second != "." && second?.isWholeNumber != true
  }

  private mutating func addPositional(_ word: String) throws(CommandError) {
    let declared = arguments.positionals.map(\.spec)
    let count = given.count { $0.spec.form == .positional }
    let index = min(count, declared.count - 1)
    guard index >= 0, count < declared.count || declared[index].isRepeated else {
      throw .usage(
        "unexpected argument '\(word)' for '\(commandName)'",
        remedy: declared.isEmpty
          ? "it takes no arguments, only options; \(seeHelp)"
          : "it takes \(declared.map(\.title).joined(separator: " ")); \(seeHelp)")
    }
    if let source = declared[index].replaceable?.source(named: word) {
      return standIns.append(source)
    }
    given.append(Given(spec: declared[index], text: word, written: declared[index].title))
  }

  private mutating func addOption(
    _ word: String, following rest: inout ArraySlice<String>
  ) throws(CommandError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let written = String(parts[0])
    let named = arguments.named.map(\.spec)
    guard let spec = named.first(where: { $0.isWritten(written) }) else {
      let near = NearestName.match(written, in: named.map(\.title))
      throw .usage(
        "unknown option '\(written)' for '\(commandName)'",
        remedy: (near.map { "did you mean '\($0)'? " } ?? "") + seeHelp)
    }
    if spec.form == .flag {
      guard parts.count == 1 else {
        throw .usage(
          "\(written) takes no value, found '\(parts[1])'", remedy: "write \(written) alone")
      }
      return given.append(Given(spec: spec, text: "", written: written))
    }
    if parts.count == 2 {
      return given.append(Given(spec: spec, text: String(parts[1]), written: written))
    }
    guard let value = rest.first, !Self.isOption(value) else {
      let found = rest.first.map { "the option '\($0)'" } ?? "the end of the line"
      throw .usage(
        "\(written) needs a value: expected \(spec.expectation), found \(found)",
        remedy: "write \(written) <\(spec.valueName)>; \(seeHelp)")
    }
    rest.removeFirst()
    given.append(Given(spec: spec, text: value, written: written))
  }

  private func take(_ value: Given) throws(CommandError) {
    let spec = value.spec
    guard spec.isRepeated || given.count(where: { $0.spec.title == spec.title }) == 1 else {
      let last = given.last { $0.spec.title == spec.title }
      throw .usage(
        "\(spec.title) is given twice, the second time as '\(last?.text ?? "")'",
        remedy: "keep one of them")
    }
    guard let entry = arguments.entries.first(where: { $0.spec.title == spec.title }) else {
      return
    }
    do {
      try entry.declaration.take(value.text, written: value.written)
    } catch {
      let found = value.text.isEmpty ? "nothing" : "'\(value.text)'"
      throw .usage(
        "\(value.written): expected \(error.expected), found \(found)",
        remedy: error.nearest.map { "did you mean '\($0)'?" } ?? "\(spec.help) \(seeHelp)")
    }
  }

  private func refuseRivals() throws(CommandError) {
    for value in given {
      guard let other = given.first(where: { $0.spec.isRival(of: value.spec) }) else { continue }
      throw .usage(
        "expected \(value.written) or \(other.written), found both", remedy: "keep one of them")
    }
  }

  private func requireAll() throws(CommandError) {
    for spec in arguments.entries.map(\.spec) {
      let count = given.count { $0.spec.title == spec.title }
      guard count < spec.minimum else { continue }
      let wanted = spec.minimum == 1 ? "" : ": expected at least \(spec.minimum), found \(count)"
      let title = spec.form == .option ? "option \(spec.title)" : spec.title
      throw .usage(
        "missing \(title) for '\(commandName)'\(wanted)", remedy: "\(spec.help) \(seeHelp)")
    }
  }

  var seeHelp: String { "All options: \(commandName) --help" }
}

extension ArgumentSpec {
  /// Whether `word` is this option's name with its dashes.
  fileprivate func isWritten(_ word: String) -> Bool {
    word == "--\(name)" || short.map { word == "-\($0)" } ?? false
  }
}
