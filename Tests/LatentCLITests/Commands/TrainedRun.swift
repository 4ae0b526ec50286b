import Foundation
import LatentCore
import Testing

@testable import LatentCLI

/// Trains a small VAE in this process and runs `body` with the folder that holds it as `run`.
func withTrainedRun(_ more: String..., body: (String) throws -> Void) throws {
  try withTemporaryFolder { folder in
    let outcome = latent(
      [
        "train", "vae", "--data", "digits", "--set", "hidden=16", "--set", "latent=3", "--epochs",
        "2", "--threads", "1", "--out", folder, "--name", "run",
      ] + more)
    #expect(outcome.code == .done, "\(outcome.error)")
    try body(folder)
  }
}

/// The document of a command line that ends well.
func document(_ words: String...) throws -> JSONValue {
  let outcome = latent(words + ["--json"])
  #expect(outcome.code == .done, "\(outcome.error)")
  return try JSON5Reader.read(outcome.out, source: "stdout")
}
