import Testing

@testable import LatentCLI

/// What bash offers while a line of the program itself is typed.
struct LatentCompletionTests {
  static let tree = CommandTree(LatentCommand.self, version: "1")

  /// Words before the cursor as bash splits them, the last being completed, and what is offered.
  static let lines: [(words: [String], offered: String)] = [
    (["latent", "tr"], "train traverse"),
    (["latent", "train", "va"], "vae"),
    (["latent", "train", "vae", "--data", "dig"], "digits"),
    (["latent", "train", "vae", "--set", "hidd"], "hidden="),
    (["latent", "train", "vae", "--set", "learn"], "learning-rate="),
    (["latent", "train", "vae", "--set", "latent", "="], ""),
    (["latent", "train", "vae", "--set", "latent", "=", "3"], ""),
    (["latent", "train", "--set", "latent", "=", "3", "va"], "vae"),
    (["latent", "train", "--data", "sprites", ":", "size", "=", "32", "va"], "vae"),
    (["latent", "train", "--data", "sprites", ":", "si"], ""),
    (["latent", "train", "--seed", "=", "3", "va"], "vae"),
    (["latent", "train", "vae", "--print"], "--print-config"),
    (["latent", "encode", "RUN", "--split", "t"], "test train"),
    (["latent", "interpolate", "RUN", "--path", "s"], "spherical"),
    (["latent", "list", "re"], "recipes"),
    (["latent", "list", "recipes", "va"], "vae"),
    (["latent", "list", "papers", "--family", "core"], "core-vae"),
    (["latent", "reproduce", "P109"], "P109"),
    (["latent", "data", "inspect", "moo"], "moons"),
    (["latent", "completions", ""], "bash zsh fish"),
    (["latent", "doctor", "--device", "c"], "cpu cuda"),
  ]

  @Test(arguments: lines) func bash(words: [String], offered: String) throws {
    let quoted = words.map { "'\($0)'" }.joined(separator: " ")
    let script = """
      set -u
      cd "$(mktemp -d)"
      \(Self.tree.completionScript(for: .bash))
      COMP_WORDS=(\(quoted)); COMP_CWORD=\(words.count - 1)
      _latent
      echo "${COMPREPLY[*]-}"
      """
    #expect(try output(of: "bash", script) == offered + "\n")
  }

  @Test(
    .enabled(if: isInstalled("zsh"), "zsh is not installed"))
  func zshReadsTheScript() throws {
    #expect(try output(of: "zsh -f -n", Self.tree.completionScript(for: .zsh)) == "")
  }

  @Test(
    .enabled(if: isInstalled("fish"), "fish is not installed"),
    arguments: [
      ("latent train va", "vae"), ("latent train vae --set hidd", "hidden="),
      ("latent interpolate RUN --path s", "spherical"), ("latent reproduce P109", "P109"),
    ])
  func fish(line: String, offered: String) throws {
    let script = """
      \(Self.tree.completionScript(for: .fish))
      cd (mktemp -d)
      complete -C '\(line)'
      """
    let lines = try output(of: "fish --no-config", script).split(separator: "\n")
    #expect(lines.map { String($0.prefix { $0 != "\t" }) } == [offered])
  }
}
