import Foundation
import LatentCore
import Testing

@testable import LatentCLI

/// `latent diagnose` from training to findings, in words and as a document.
@Suite(.serialized) struct DiagnoseCommandTests {
  /// Runs made ill on purpose, and what must be said of them.
  private static let ill: [(name: String, settings: [String], id: String, command: String)] = [
    (
      "collapsed", ["hidden=16", "latent=3", "beta=30"], "posterior-collapse",
      "latent train vae --data digits --epochs 12 --set latent=3 --set hidden=16 --set beta=1"
    ),
    (
      "wide", ["hidden=16", "latent=3", "likelihood=gaussian", "sigma=4"], "wrong-scale",
      "latent train vae --data digits --epochs 12 --set latent=3 --set hidden=16 "
        + "--set likelihood=gaussian --set sigma="
    ),
  ]

  private static func train(_ name: String, _ settings: [String], in folder: String) -> Outcome {
    latent(
      ["train", "vae", "--data", "digits", "--epochs", "12", "--threads", "1", "--out", folder]
        + ["--name", name] + settings.flatMap { ["--set", $0] })
  }

  @Test func illRunsAreNamedWithARemedyThatCanBePasted() throws {
    try withTemporaryFolder { folder in
      for run in Self.ill {
        #expect(Self.train(run.name, run.settings, in: folder).code == .done)
        let path = "\(folder)/\(run.name)"
        let words = latent("diagnose", path, "--threads", "1")
        #expect(words.code == .failed)
        #expect(words.out.contains("severe  \(run.id)  "), "\(words.out)")
        #expect(words.error.hasPrefix("error: \(path) has a severe finding\n"), "\(words.error)")
        let lines = words.out.split(separator: "\n").drop { !$0.hasPrefix("severe  \(run.id)  ") }
          .map { $0.trimmingCharacters(in: .whitespaces) }
        let command = try #require(lines.first { $0.hasPrefix(run.command) }, "\(words.out)")

        let outcome = latent("diagnose", path, "--threads", "1", "--json")
        #expect(outcome.code == .failed)
        let document = try JSON5Reader.object(outcome.out, source: "stdout")
        #expect(document.members.map(\.name) == ["run", "findings", "passed", "skipped", "error"])
        guard case .array(let findings)? = document["findings"],
          case .object(let first)? = findings.first(where: { $0["id"] == .string(run.id) })
        else {
          Issue.record("\(outcome.out)")
          continue
        }
        #expect(
          first.members.map(\.name) == [
            "id", "severity", "problem", "evidence", "remedy", "settings",
          ])
        #expect(first["severity"] == "severe")
        #expect(FileManager.default.fileExists(atPath: "\(path)/diagnosis.json"))

        // What stands there is a command line of this program.
        let pasted = command.split(separator: " ").dropFirst().map(String.init)
        let again = latent(pasted + ["--threads", "1", "--out", folder, "--name", "\(run.name)-2"])
        #expect(again.code == .done, "\(command): \(again.error)")
        let healed = latent("diagnose", "\(folder)/\(run.name)-2", "--threads", "1")
        #expect(!healed.out.contains("  \(run.id)  "), "\(healed.out)")
      }
    }
  }
}

extension DiagnoseCommandTests {
  @Test func aFolderWithoutARunIsRefused() throws {
    try withTemporaryFolder { folder in
      let outcome = latent("diagnose", folder)
      #expect(outcome.code == .environment && outcome.error.contains("hint: "))
    }
  }
}
