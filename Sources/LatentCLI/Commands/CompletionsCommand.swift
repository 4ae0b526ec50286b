import Runs

/// `latent completions`.
struct CompletionsCommand: Command {
  static let summary = CommandSummary(
    "completions", "Print a script that completes commands and options in a shell.",
    examples: [
      .init(
        "latent completions bash > ~/.local/share/bash-completion/completions/latent", "for bash")
    ])

  @Argument("Shell.") var shell: Shell

  func run(_ console: Console) throws {
    let tree = CommandTree(LatentCommand.self, version: PackageIdentity.version)
    console.print(tree.completionScript(for: shell))
  }
}
