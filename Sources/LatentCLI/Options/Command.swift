/// One command: its arguments are properties, its work is ``run(_:)``.
protocol Command: SendableMetatype {
  /// Makes the command with its defaults, ready for the parser.
  init()

  /// Name, purpose and examples.
  static var summary: CommandSummary { get }

  /// The commands below this one; a command that has some does not run itself.
  static var subcommands: [any Command.Type] { get }

  /// Does the work and shows the result on `console`; a thrown ``CommandError`` ends the process
  /// with its code.
  func run(_ console: Console) throws
}

extension Command {
  static var subcommands: [any Command.Type] { [] }
}

/// A command that only holds others.
protocol CommandGroup: Command {}

extension CommandGroup {
  func run(_ console: Console) throws {
    preconditionFailure("'\(Self.summary.name)' only holds other commands: this is a bug")
  }
}

/// What help says of a command.
struct CommandSummary: Sendable {
  /// A command line and what it does.
  struct Example: Sendable {
    /// The whole line.
    let line: String
    /// What it does, without a final full stop.
    let does: String

    /// Makes an example.
    init(_ line: String, _ does: String) {
      self.line = line
      self.does = does
    }
  }

  /// The word that calls the command.
  let name: String
  /// One sentence.
  let abstract: String
  /// Paragraphs, separated by empty lines.
  let discussion: String
  /// Examples, the commonest first.
  let examples: [Example]

  /// Makes a summary.
  init(_ name: String, _ abstract: String, discussion: String = "", examples: [Example] = []) {
    self.name = name
    self.abstract = abstract
    self.discussion = discussion
    self.examples = examples
  }
}
