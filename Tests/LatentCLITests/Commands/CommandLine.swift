import LatentCore
import Runs

@testable import LatentCLI

/// Runs a command line of the program in this process.
func latent(_ words: String...) -> Outcome { latent(words) }

/// Runs a command line of the program in this process.
func latent(_ words: [String]) -> Outcome {
  var out = ""
  var error = ""
  let code = CommandTree(LatentCommand.self, version: PackageIdentity.version).main(
    words, console: { Console(isJSON: $0, out: { out += $0 }, error: { error += $0 }) },
    translating: commandError)
  return Outcome(code: code, out: out, error: error)
}
