/// Reads the words after a command's name into the command's properties.
struct ArgumentParser {
  /// The whole name, such as `latent data inspect`, for messages.
  let commandName: String
  let arguments: DeclaredArguments
  private var positionals: [String] = []
  private var counts: [String: Int] = [:]

  init(commandName: String, arguments: DeclaredArguments) {
    self.commandName = commandName
    self.arguments = arguments
  }

  /// Reads `words`.
  ///
  /// Options may stand anywhere; after `--` every word is an argument; a word such as `-3.5` is a
  /// number, not an option.
  /// **Fails** with exit code 2 and what was expected and found.
  mutating func parse(_ words: [String]) throws(CommandError) {
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        for word in rest { try takePositional(word) }
        break
      }
      if Self.isOption(word) {
        try takeOption(word, following: &rest)
      } else {
        try takePositional(word)
      }
    }
    try requireAll()
  }

  /// Whether a word is an option rather than a value: it begins with a dash and is neither `-`
  /// alone nor a number.
  static func isOption(_ word: String) -> Bool {
    word.hasPrefix("-") && word != "-" && Double(word) == nil
  }

  private mutating func takePositional(_ word: String) throws(CommandError) {
    let declared = arguments.positionals
    let index = min(positionals.count, declared.count - 1)
    guard index >= 0, positionals.count < declared.count || declared[index].spec.isRepeated else {
      throw .usage(
        "unexpected argument '\(word)' for '\(commandName)'",
        remedy: declared.isEmpty
          ? "it takes no arguments, only options; \(seeHelp)"
          : "it takes \(declared.map(\.spec.title).joined(separator: " ")); \(seeHelp)")
    }
    positionals.append(word)
    try take(word, for: declared[index], as: declared[index].spec.title)
  }

  private mutating func takeOption(
    _ word: String, following rest: inout ArraySlice<String>
  ) throws(CommandError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let written = String(parts[0])
    guard let entry = arguments.named.first(where: { $0.spec.isWritten(written) }) else {
      throw unknown(written)
    }
    let spec = entry.spec
    if spec.form == .flag {
      guard parts.count == 1 else {
        throw .usage(
          "\(written) takes no value, found '\(parts[1])'", remedy: "write \(written) alone")
      }
      return try take("", for: entry, as: written)
    }
    if parts.count == 2 { return try take(String(parts[1]), for: entry, as: written) }
    guard let value = rest.first, !Self.isOption(value) else {
      let found = rest.first.map { "the option '\($0)'" } ?? "the end of the line"
      throw .usage(
        "\(written) needs a value: expected \(spec.expectation), found \(found)",
        remedy: "write \(written) <\(spec.valueName)>; \(seeHelp)")
    }
    rest.removeFirst()
    try take(value, for: entry, as: written)
  }

  private mutating func take(
    _ text: String, for entry: DeclaredArguments.Entry, as written: String
  ) throws(CommandError) {
    let spec = entry.spec
    counts[spec.title, default: 0] += 1
    guard spec.isRepeated || counts[spec.title] == 1 else {
      throw .usage(
        "\(spec.title) is given twice, the second time as '\(text)'", remedy: "keep one of them")
    }
    do {
      try entry.declaration.take(text)
    } catch {
      throw .usage(
        "\(written): expected \(error.expected), found \(text.isEmpty ? "nothing" : "'\(text)'")",
        remedy: error.nearest.map { "did you mean '\($0)'?" } ?? "\(spec.help) \(seeHelp)")
    }
  }

  private func requireAll() throws(CommandError) {
    for entry in arguments.entries {
      let spec = entry.spec
      let count = counts[spec.title] ?? 0
      guard count < spec.minimum else { continue }
      let wanted = spec.minimum == 1 ? "" : ": expected at least \(spec.minimum), found \(count)"
      throw .usage(
        "missing \(spec.form == .option ? "option \(spec.title)" : spec.title) for '\(commandName)'\(wanted)",
        remedy: "\(spec.help) \(seeHelp)")
    }
  }

  private func unknown(_ written: String) -> CommandError {
    let names = arguments.named.map { "--\($0.spec.name)" }
    let near = NearestName.match(written, in: names)
    return .usage(
      "unknown option '\(written)' for '\(commandName)'",
      remedy: (near.map { "did you mean '\($0)'? " } ?? "") + seeHelp)
  }

  private var seeHelp: String { "All options: \(commandName) --help" }
}

extension ArgumentSpec {
  /// Whether `word` is this option's name with its dashes.
  fileprivate func isWritten(_ word: String) -> Bool {
    word == "--\(name)" || short.map { word == "-\($0)" } ?? false
  }
}
