import Glibc
import Testing

@testable import LatentCLI

/// What a shell prints when it runs `script`.
func output(of shell: String, _ script: String) throws -> String {
  try withFile(script) { path in
    guard let pipe = popen("\(shell) '\(path)' 2>&1", "r") else { return "no \(shell)" }
    defer { pclose(pipe) }
    var bytes: [UInt8] = []
    while case let byte = getc(pipe), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

func isInstalled(_ shell: String) -> Bool {
  ["/bin/", "/usr/bin/", "/usr/local/bin/"].contains { access($0 + shell, X_OK) == 0 }
}

struct CompletionTests {
  static let tree = CommandTree(Demo.self, version: "1")
  static let options =
    "--data --set --seed --device --out --weight --name -n --dry-run --no-figures --file --epochs "
    + "--minutes --json --help -h"

  /// Words before the cursor, the last being completed, as the shell splits them; what is offered.
  static let lines: [(words: [String], offered: String)] = [
    (["demo", ""], "train compare data"),
    (["demo", "t"], "train"),
    (["demo", "data", ""], "inspect"),
    (["demo", "train", ""], "vae vq-vae flow"),
    (["demo", "train", "v"], "vae vq-vae"),
    (["demo", "train", "vae", ""], ""),
    (["demo", "train", "--device", "c"], "cpu cuda"),
    (["demo", "train", "--device", "=", "m"], "mps"),
    (["demo", "train", "--seed", "3", "f"], "flow"),
    (["demo", "train", "--seed", "=", "3", "f"], "flow"),
    (["demo", "train", "--dry-run", "f"], "flow"),
    (["demo", "train", "-n", ""], ""),
    (["demo", "train", "--"], String(options.dropLast(3)).replacing(" -n", with: "")),
    (["demo", "train", "--e"], "--epochs"),
    (["demo", "train", "--data", "m"], "moons"),
    (["demo", "--v"], "--version"),
  ]

  @Test(arguments: lines) func bash(words: [String], offered: String) throws {
    let quoted = words.map { "'\($0)'" }.joined(separator: " ")
    let script = """
      set -u
      \(Self.tree.completionScript(for: .bash))
      COMP_WORDS=(\(quoted)); COMP_CWORD=\(words.count - 1)
      _demo
      echo "${COMPREPLY[*]-}"
      """
    #expect(try output(of: "bash", script) == offered + "\n")
  }

  @Test func bashOffersFilesAndFolders() throws {
    let script = """
      folder=$(mktemp -d); cd "$folder"; mkdir 'a folder'; touch 'a file'
      \(Self.tree.completionScript(for: .bash))
      COMP_WORDS=(demo train --out a); COMP_CWORD=3; _demo; printf '%s\\n' "${COMPREPLY[@]}"
      COMP_WORDS=(demo compare x a); COMP_CWORD=3; _demo; printf '%s\\n' "${COMPREPLY[@]}" | sort
      COMP_WORDS=(demo train --data ''); COMP_CWORD=3; _demo
      printf '%s\\n' "${COMPREPLY[@]}" | sort
      rm -r "$folder"
      """
    let expected = "a folder\na file\na folder\na file\na folder\ndigits\nmoons\n"
    #expect(try output(of: "LC_ALL=C bash", script) == expected)
  }

  @Test func bashRegistersTheProgram() throws {
    let script = Self.tree.completionScript(for: .bash) + "complete -p demo\n"
    #expect(try output(of: "bash", script) == "complete -F _demo demo\n")
  }

  @Test(.enabled(if: isInstalled("zsh"), "zsh is not installed"))
  func zshReadsTheScript() throws {
    let script = Self.tree.completionScript(for: .zsh)
    #expect(try output(of: "zsh -f -n", script) == "")
    let registered = "autoload -U compinit; compinit -D -u\n\(script)print $_comps[demo]\n"
    #expect(try output(of: "zsh -f", registered) == "_demo\n")
  }

  @Test(
    .enabled(if: isInstalled("fish"), "fish is not installed"),
    arguments: [
      ("demo ", "train compare data"), ("demo data ", "inspect"), ("demo train v", "vae vq-vae"),
      ("demo train --device c", "cpu cuda"), ("demo train --device=m", "--device=mps"),
      ("demo train --seed 3 f", "flow"), ("demo train --dry", "--dry-run"),
      ("demo train -n x vae ", ""), ("demo --v", "--version"), ("demo train --v", ""),
      ("demo train --out a", "a-folder/"), ("demo compare x a", "a-folder/ a-file"),
      ("demo train --data m", "moons"), ("demo train --data a", "a-folder/ a-file"),
    ])
  func fish(line: String, offered: String) throws {
    let script = """
      \(Self.tree.completionScript(for: .fish))
      cd (mktemp -d); mkdir 'a-folder'; touch 'a-file'
      complete -C '\(line)'
      """
    let lines = try output(of: "fish --no-config", script).split(separator: "\n")
    let words = lines.map { String($0.prefix { $0 != "\t" }) }
    #expect(Set(words) == Set(offered.split(separator: " ").map(String.init)))
  }
}
