import Foundation
import LatentCore
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

  @Test func theEffectiveSettingsAreOneFile() {
    let outcome = latent(
      "train", "vae", "--data", "digits", "--set", "warmup=5", "--steps", "9", "--threads", "1",
      "--print-config")
    #expect(
      outcome.out == """
        // Train it with: latent train FILE.json5
        {
          recipe: "vae",
          data: "digits",
          seed: 0,
          steps: 9,
          device: "cpu",
          threads: 1,
          set: {
            // Dimensions of the code.
            latent: 20,
            // Units of each hidden layer of the encoder; the decoder mirrors them.
            hidden: [400],
            // Weight of the rate; 1 is the ELBO.
            beta: 1.0,
            // How grey values become binary: anew each time, by a threshold, or not at all.
            binarise: "dynamic",
            // Examples a step.
            "batch-size": 128,
            // Formula of a step.
            optimizer: "adam",
            // Learning rate after warm-up.
            "learning-rate": 0.001,
            // Course of the learning rate to the end of the budget.
            schedule: "constant",
            // Steps of linear warm-up. [steps]
            warmup: 5,
            // Factor of the weight penalty.
            "weight-decay": 0.0,
            // Largest norm of the gradients; 0 for no limit.
            clip: 0.0,
            // Validations without a better one before training stops; 0 for never.
            patience: 0,
            // Epochs between validations. [epochs]
            "validate-every": 1,
            // Least time between checkpoints, which is the most that a kill costs; 0 for each step. [s]
            "checkpoint-seconds": 10.0,
            // Steps between lines of the log. [steps]
            "log-every": 20,
          },
        }

        """)
    #expect(outcome.error == "")
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
      let first = train("vae", "--data", data, "--steps", "1", "--set", "hidden=4", "--name", "a")
      #expect(first.code == .done, "\(first.error)")
      try write(1)
      let second = train("--like", "\(folder)/a", "--name", "b")
      #expect(second.code == .done, "\(second.error)")
      #expect(
        second.error.hasPrefix("note: \(data) has changed since \(folder)/a: expected sha256:"))
    }
  }
}
