import Bench
import LatentCore
import Runs
import Torch

/// A process of our own side.
enum OwnProcess {
  /// What it answered, and when it started on the system's monotonic clock.
  typealias Answer = (answer: JSONObject, begin: Double)

  /// Does a task whose description is written to `file`; throws `CommandError` with exit code 3 if the process fails.
  static func run(_ task: BenchTask, file: String) throws -> Answer {
    try AtomicFile.write(JSONValue.object(task.json).text(), to: file)
    let program = PackageIdentity.program
    let outcome = try BenchProcess.run(
      "/usr/bin/env", ["LATENT_BENCH_TASK=\(file)", program, "bench"])
    guard outcome.code == 0, let answer = object(outcome.output) else {
      throw CommandError.environment(
        "latent bench, \(task.workload): our own side ended with code \(outcome.code): "
          + outcome.lastError, remedy: "run latent doctor")
    }
    return (answer, outcome.startedAt)
  }

  /// The object that a process printed, nil for something else.
  static func object(_ text: String) -> JSONObject? {
    try? JSON5Reader.object(text, source: "answer")
  }
}
