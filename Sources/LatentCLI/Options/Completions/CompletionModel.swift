/// What a shell needs to know of a program of commands.
struct CompletionModel {
  /// One option or flag.
  struct Named {
    /// As written: `--seed`, `-n`.
    let words: [String]
    let help: String
    /// What completes the value; `nil` for a flag.
    let value: Completion?
  }

  /// One command.
  struct Node {
    /// The words that lead to it, such as `latent data inspect`.
    let path: String
    /// The commands below it with their abstracts.
    let children: [(name: String, abstract: String)]
    let named: [Named]
    /// What completes the arguments, by place.
    let places: [Completion]
    /// Whether the last place takes all that follow.
    let repeatsLastPlace: Bool

    /// The options that take a value, as written.
    var valueWords: [String] { named.filter { $0.value != nil }.flatMap(\.words) }
  }

  /// The program's name.
  let program: String
  /// All commands, each before those below it.
  let nodes: [Node]

  /// Reads the declarations of all commands.
  init(_ tree: CommandTree) {
    program = tree.root.summary.name
    var nodes: [Node] = []
    Self.collect(tree.root, path: program, isRoot: true, into: &nodes)
    self.nodes = nodes
  }

  /// The program's name as part of the name of a shell function.
  var functionName: String {
    String(program.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }

  private static func collect(
    _ command: any Command.Type, path: String, isRoot: Bool, into nodes: inout [Node]
  ) {
    let children = command.subcommands
    var named = [
      Named(words: ["--json"], help: "Print one JSON document on stdout", value: nil),
      Named(words: ["--help", "-h"], help: "Show help", value: nil),
    ]
    if isRoot, !children.isEmpty {
      named.append(Named(words: ["--version"], help: "Show the version", value: nil))
    }
    var places: [Completion] = []
    var repeats = false
    if children.isEmpty {
      let arguments = DeclaredArguments(of: command.init())
      named = arguments.named.map { Named($0.spec) } + named
      places = arguments.positionals.map(\.spec.completion)
      repeats = arguments.positionals.last?.spec.isRepeated ?? false
    }
    nodes.append(
      Node(
        path: path, children: children.map { ($0.summary.name, $0.summary.abstract) },
        named: named, places: places, repeatsLastPlace: repeats))
    for child in children {
      collect(child, path: "\(path) \(child.summary.name)", isRoot: false, into: &nodes)
    }
  }
}

extension CompletionModel.Named {
  fileprivate init(_ spec: ArgumentSpec) {
    self.init(
      words: ["--\(spec.name)"] + (spec.short.map { ["-\($0)"] } ?? []), help: spec.help,
      value: spec.form == .flag ? nil : spec.completion)
  }
}

/// A shell that completes words.
enum Shell: String, ArgumentValue, CaseIterable {
  case bash, zsh, fish
}

extension CommandTree {
  /// A script that makes `shell` complete this program's commands, options and values.
  func completionScript(for shell: Shell) -> String {
    let model = CompletionModel(self)
    return switch shell {
    case .bash: model.bashScript
    case .zsh: model.zshScript
    case .fish: model.fishScript
    }
  }
}
