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
    let outcome = try BenchProcess.run("/usr/bin/env", try words(task, file: file))
    guard outcome.code == 0, let answer = object(outcome.output) else {
      throw CommandError.environment(
        "latent bench, \(task.workload): our own side ended with code \(outcome.code): "
          + outcome.lastError, remedy: "run latent doctor")
    }
    return (answer, outcome.startedAt)
  }

  /// The work that a task of counting answers with; throws as `run` does.
  static func work(_ task: BenchTask, file: String) throws -> Work {
    guard let work = try run(task, file: file).answer["work"]?.object.flatMap({ Work($0) }) else {
      preconditionFailure("a count of \(task.workload) answers without its work")
    }
    return work
  }

  /// Writes a task to `file` and gives the words for `env` that do it: with `variables`, by `program`, under a `runner` such
  /// as valgrind.
  static func words(
    _ task: BenchTask, file: String, variables: [String] = [], runner: [String] = [],
    program: String = PackageIdentity.program
  ) throws -> [String] {
    try AtomicFile.write(JSONValue.object(task.json).text(), to: file)
    return ["LATENT_BENCH_TASK=\(file)"] + variables + runner + [program, "bench"]
  }

  /// The object that a process printed, nil for something else.
  static func object(_ text: String) -> JSONObject? {
    try? JSON5Reader.object(text, source: "answer")
  }
}
