import LatentCore
import Runs

/// `latent completions`.
struct CompletionsCommand: Command {
  static let summary = CommandSummary(
    "completions", "Print a script that completes commands and options in a shell.",
    examples: [
      .init(
        "latent completions bash > ~/.local/share/bash-completion/completions/latent", "for bash"),
      .init("latent completions zsh > ~/.zfunc/_latent", "for zsh, with ~/.zfunc in $fpath"),
      .init("latent completions fish > ~/.config/fish/completions/latent.fish", "for fish"),
    ])

  @Argument("Shell.") var shell: Shell

  func run(_ console: Console) throws {
    let tree = CommandTree(LatentCommand.self, version: PackageIdentity.version)
    let script = tree.completionScript(for: shell)
    console.print(script)
    console.report(["shell": .string(shell.rawValue), "script": .string(script)])
  }
}
