import Foundation
import LatentCore
import Runs
import Testing

@testable import LatentCLI

/// A run once more, from a file of its settings and from its own record.
@Suite(.serialized) struct TrainAgainTests {
  static func weights(_ run: String) -> Data? {
    FileManager.default.contents(atPath: "\(run)/checkpoints/last.safetensors")
  }

  @Test func thePrintedFileRepeatsTheRun() throws {
    try withTrainedRun("--seed", "7") { folder in
      let printed = latent(
        "train", "--like", "\(folder)/run", "--print-config")
      #expect(printed.code == .done && printed.error == "")
      let file = "\(folder)/again.json5"
      try printed.out.write(toFile: file, atomically: true, encoding: .utf8)
      let again = latent("train", file, "--out", folder, "--name", "again")
      #expect(again.code == .done, "\(again.error)")
      #expect(Self.weights("\(folder)/again") == Self.weights("\(folder)/run"))
    }
  }

  @Test func aRunsOwnRecordRepeatsIt() throws {
    try withTrainedRun { folder in
      let first = latent("train", "--like", "\(folder)/run", "--out", folder, "--name", "a")
      let second = latent("train", "\(folder)/run/run.json", "--out", folder, "--name", "b")
      #expect(first.code == .done && second.code == .done)
      let weights = Self.weights("\(folder)/run")
      #expect(weights != nil && Self.weights("\(folder)/a") == weights)
      #expect(Self.weights("\(folder)/b") == weights)
      let other = latent(
        "train", "--like", "\(folder)/run", "--seed", "1", "--steps", "1", "--set", "latent=2",
        "--out", folder, "--name", "c")
      #expect(other.code == .done, "\(other.error)")
      let record = try RunArguments(argument: "\(folder)/c").map { try $0.record() }
      #expect(record?.seed == 1 && record?.budget == "steps=1")
      #expect(record?.config["latent"] == "2" && record?.config["hidden"] == "16")
    }
  }

  @Test func theEffectiveSettingsAreOneFile() throws {
    let words = [
      "train", "vae", "--data", "digits", "--set", "warmup=5", "--steps", "9", "--threads", "1",
      "--print-config",
    ]
    let outcome = latent(words)
    #expect(outcome.error == "")
    #expect(
      outcome.out.hasPrefix(
        """
        // Train it with: latent train FILE.json5
        {
          recipe: "vae",
          data: "digits",
          seed: 0,
          steps: 9,
          device: "cpu",
          threads: 1,
          set: {

        """))
    #expect(
      outcome.out.contains(
        """

            // Examples a batch.
            "batch-size": 128,

        """))
    #expect(outcome.out.contains("\n    // Steps of linear warm-up. [steps]\n    warmup: 5,\n"))
    #expect(outcome.out.hasSuffix(",\n  },\n}\n"))
    let document = latent(words + ["--json"]).out
    #expect(
      try JSON5Reader.read(outcome.out, source: "text")
        == JSON5Reader.read(document, source: "document"))
  }

  @Test func changedDataAreNamed() throws {
    try withTemporaryFolder { folder in
      let data = "\(folder)/data.csv"
      func write(_ shift: Int) throws {
        let rows = (0..<40).map { "\(Double(($0 * 7 + shift) % 10) / 10),\(Double($0 % 10) / 10)" }
        try rows.joined(separator: "\n").write(toFile: data, atomically: true, encoding: .utf8)
      }
      func train(_ words: String...) -> Outcome {
        latent(["train"] + words + ["--out", folder, "--threads", "1"])
      }
      try write(0)
      let first = train(
        "vae", "--data", data, "--steps", "1", "--set", "likelihood=gaussian", "--name", "a")
      #expect(first.code == .done, "\(first.error)")
      try write(1)
      let second = train("--like", "\(folder)/a", "--name", "b")
      #expect(second.code == .done, "\(second.error)")
      #expect(
        second.error.hasPrefix("note: \(data) has changed since \(folder)/a: expected sha256:"))
    }
  }
}
