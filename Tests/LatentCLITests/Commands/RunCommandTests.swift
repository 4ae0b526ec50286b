import Foundation
import LatentCore
import Testing
import Torch

/// A run from training to arrays, as processes: shapes of the documents, exit codes, files.
@Suite(.serialized, .enabled(if: LatentProcess.program != nil, "latent is not beside the tests"))
struct RunCommandTests {
  static func document(_ outcome: LatentProcess.Outcome) throws -> JSONValue {
    try JSON5Reader.read(outcome.out, source: "stdout")
  }

  /// The document with every number as 0, so that the rest can be compared verbatim.
  static func shape(_ outcome: LatentProcess.Outcome) -> String {
    outcome.out.replacing(/-?[0-9]+(\.[0-9]+)?(e-?[0-9]+)?(?=[,\]\n])/, with: "0")
  }

  static func withRun(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let outcome = try LatentProcess(
        smallTraining + ["--epochs", "4", "--name", "run", "--json"], in: folder
      ).wait()
      #expect(outcome.code == 0)
      #expect(outcome.error == "run ./run\n")
      #expect(
        shape(outcome) == """
          {
            "run": "./run",
            "status": "finished",
            "metrics": \(metrics)
          }

          """)
      try body(folder)
    }
  }

  static let metrics = """
    {
        "elbo": {
          "value": 0,
          "unit": "nat",
          "interval": [0, 0],
          "n": 0,
          "bound": "ELBO",
          "version": 0
        },
        "elbo-bits-per-dim": {
          "value": 0,
          "unit": "bit/dim",
          "interval": [0, 0],
          "n": 0,
          "bound": "ELBO",
          "version": 0
        }
      }
    """

  @Test func aRunIsTrainedEvaluatedListedAndUsed() throws {
    try Self.withRun { folder in
      let files = try FileManager.default.subpathsOfDirectory(atPath: "\(folder)/run").sorted()
      #expect(
        files == [
          ".lock", "checkpoints", "checkpoints/best.safetensors", "checkpoints/last.safetensors",
          "checkpoints/state.safetensors", "diagnosis.json", "evaluation.json", "events.jsonl",
          "figures",
          "figures/reconstructions.png", "figures/samples.png", "figures/traversals.png",
          "report.html", "run.json",
        ])
      let path = "\(folder)/run/evaluation.json"
      let before = try JSON5Reader.read(
        String(contentsOfFile: path, encoding: .utf8), source: path)["metrics"]
      let evaluated = try LatentProcess.run("evaluate", "run", "--json", in: folder)
      #expect(evaluated.code == 0)
      let found = try Self.document(evaluated)
      #expect(found["run"] == "run")
      for name in ["elbo", "elbo-bits-per-dim"] {
        let value = found["metrics"]?[name]?["value"]
        #expect(value != nil && value == before?[name]?["value"], "the same measurement")
      }
      let listed = try LatentProcess.run("list", "runs", "--out", ".", "--json", in: folder)
      let runs = try Self.document(listed)["runs"]
      let row = try #require(
        runs.flatMap { if case .array(let rows) = $0 { rows.first } else { nil } })
      #expect(row["run"] == "./run")
      #expect(row["status"] == "finished")
      #expect(row["recipe"] == "vae")
      #expect(row["data"] == "digits")
      let sampled = try LatentProcess.run(
        "sample", "run", "-n", "4", "--out", "s.npy", "--json", in: folder)
      #expect(
        sampled.out == """
          {
            "out": "s.npy",
            "arrays": {
              "samples": [4, 1, 8, 8]
            }
          }

          """)
      #expect(try NumPyArray(path: "\(folder)/s.npy").tensor.shape == [4, 1, 8, 8])
      let copied = try LatentProcess.run("reconstruct", "run", "-n", "3", in: folder)
      #expect(copied.out == "3 reconstructions in reconstructions.png\n")
    }
  }

  @Test func aDryRunSaysWhatItWouldTakeAndWritesNothing() throws {
    try withTemporaryFolder { folder in
      let words = smallTraining + ["--steps", "70", "--dry-run"]
      let outcome = try LatentProcess(words + ["--json"], in: folder).wait()
      #expect(outcome.code == 0)
      #expect(outcome.error == "")
      #expect(
        Self.shape(outcome) == """
          {
            "recipe": "vae",
            "data": "digits",
            "device": "cpu",
            "parameters": 0,
            "steps": 0,
            "seconds-per-step": 0,
            "waiting-share": 0,
            "validations": 0,
            "seconds-per-validation": 0,
            "minutes": 0,
            "checkpoint-bytes": 0,
            "peak-memory-bytes": 0,
            "peak-device-memory-bytes": 0
          }

          """)
      let document = try Self.document(outcome)
      #expect(document["parameters"] == 2294)
      #expect(document["steps"] == 70 && document["validations"] == 7)
      let lines = try LatentProcess(words, in: folder).wait().out.replacing(
        /[0-9]+(\.[0-9]+)?(e-[0-9]+)?(?= (ms|minutes|MB|%))/, with: "0")
      #expect(
        lines == """
          dry run, nothing is written: vae on digits
          2,294 parameters, 1,257 training examples, cpu
          70 steps of 0 ms, 0 % of it waiting for examples, and 7 validations of 0 ms
          0 minutes, 0 MB a checkpoint
          0 MB of memory at most

          """)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
    }
  }

  @Test func lossesThatGrowBeyondNumbersEndWithTheLastGoodCheckpoint() throws {
    try withTemporaryFolder { folder in
      let outcome = try LatentProcess(
        smallTraining
          + [
            "--steps", "500", "--name", "run", "--set", "learning-rate=100", "--set",
            "optimizer=sgd",
          ],
        in: folder
      ).wait()
      #expect(outcome.code == 1)
      let step = try #require(outcome.error.firstMatch(of: /after step ([0-9]+)/)).output.1
      let weights = try Safetensors(path: "\(folder)/run/checkpoints/last.safetensors")
      let good = try #require(weights.metadata["step"])
      #expect(
        outcome.error == """
          run ./run
          error: elbo was no finite number after step \(step); the last good checkpoint is \
          ./run/checkpoints/last.safetensors of step \(good)
           hint: try --set learning-rate=50.0 or --set clip=1

          """)
      for (name, tensor) in weights.tensors {
        #expect(tensor.isFinite.all().item() == 1, "\(name)")
      }
      let record = try String(contentsOfFile: "\(folder)/run/run.json", encoding: .utf8)
      #expect(record.contains("\"status\" : \"failed\""))
      #expect(record.contains("\"reason\" : \"elbo was no finite number after step \(step)\""))
    }
  }

  /// A Python with numpy and safetensors: the one that `LATENT_TEST_PYTHON` names, or the one that
  /// the package's setup makes.
  static let python: String? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
    let own = root.standardizedFileURL.appending(path: ".deps/python/bin/python").path
    let named = ProcessInfo.processInfo.environment["LATENT_TEST_PYTHON"]
    return [named, own].compactMap { $0 }.first { python in
      let words = ["-c", "import numpy, safetensors.numpy"]
      return (try? LatentProcess(words, in: NSTemporaryDirectory(), program: python).wait())?.code
        == 0
    }
  }()

  @Test(.enabled(if: python != nil, "no Python with numpy and safetensors; set LATENT_TEST_PYTHON"))
  func pythonReadsACheckpointAndDecodesAsTheProgramDoes() throws {
    let python = try #require(Self.python)
    try Self.withRun { folder in
      let encoded = try LatentProcess.run("encode", "run", "--out", "z.npy", in: folder)
      let decoded = try LatentProcess.run(
        "decode", "run", "--codes", "z.npy", "--out", "x.npy", in: folder)
      #expect(encoded.code == 0 && decoded.code == 0)
      let script = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Examples/load_checkpoint.py").standardizedFileURL.path
      let outcome = try LatentProcess(
        [script, "run", "z.npy", "x.npy"], in: folder, program: python
      ).wait()
      #expect(outcome.out.hasPrefix("360 examples, largest difference "))
      #expect(outcome.code == 0, "\(outcome.out)\(outcome.error)")
      // Pictures that are another model's are found out.
      try NumPyArray(NumPyArray(path: "\(folder)/x.npy").tensor * 0.999)
        .write(to: "\(folder)/x.npy")
      let other = try LatentProcess(
        [script, "run", "z.npy", "x.npy"], in: folder, program: python
      ).wait()
      #expect(other.code == 1)
    }
  }
}
