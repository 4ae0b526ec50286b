import LatentCore
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The peers' environment in the checkout that this program stands in.
struct BenchPeers {
  /// The peers' interpreter.
  let python: String
  /// `Benchmarks/peers/run.py`.
  let script: String
  /// Where compiled peers keep what they compiled.
  let cache: String

  /// Finds the peers; `bin/setup --bench` installs them where they are missing, and takes a second where they are not.
  ///
  /// Throws `CommandError` with exit code 3 where there is no checkout or the installation fails.
  init(note: (String) -> Void) throws {
    let places = PackageFiles.candidates("Benchmarks/peers/run.py")
    guard let script = places.first(where: { access($0, R_OK) == 0 }) else {
      throw CommandError.environment(
        "latent bench: expected Benchmarks/peers above the program, found none",
        remedy: "run it from a checkout of the package: bin/latent bench")
    }
    let root = String(script.dropLast("/Benchmarks/peers/run.py".count))
    let folder = "\(root)/.deps/bench"
    note("checking the peers in .deps/bench")
    let outcome = try BenchProcess.run("\(root)/bin/setup", ["--bench"], showsErrors: true)
    guard outcome.code == 0 else {
      throw CommandError.environment(
        "latent bench, \(folder): expected bin/setup --bench to install the peers, found exit code "
          + "\(outcome.code)",
        remedy: "see the lines above; with a network connection, start again")
    }
    self.script = script
    python = "\(folder)/bin/python"
    cache = "\(folder)/compiled"
  }
}
