import Bench
import LatentCore
import Runs
import Torch

/// The instructions of a training step of one example, where the package's own part is largest beside LibTorch's kernels.
///
/// Valgrind's callgrind executes and counts them on a processor of its own making, so neither the machine's load nor its
/// counters matter. It takes two runs of different length, whose difference is free of start and first steps.
enum InstructionCount {
  private static let steps = (few: 3, many: 23)

  /// Throws `CommandError` with exit code 3 where valgrind or strip are missing or fail.
  static func ofOneStep() throws -> Int {
    try BenchFolder.with { folder in
      // Valgrind gives up over the debugging information of Swift programs.
      let program = "\(folder)/latent"
      try run(["strip", "-s", "-o", program, PackageIdentity.program], asks: "strip, of binutils")
      let (few, many) = (
        try total(after: steps.few, program, folder), try total(after: steps.many, program, folder)
      )
      return (many - few) / (steps.many - steps.few)
    }
  }

  private static func total(after steps: Int, _ program: String, _ folder: String) throws -> Int {
    var task = BenchTask(
      .count, of: "mlp-vae-128", start: "\(folder)/start", seconds: 1, threads: 1,
      point: GrowthPoint(axis: "batch", value: 1))
    task.stepsBefore = steps
    let log = "\(folder)/callgrind.log"
    let words = try OwnProcess.words(
      task, file: "\(folder)/task.json", variables: ["OMP_NUM_THREADS=1"],
      runner: [
        "valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--log-file=\(log)",
      ], program: program)
    try run(words, asks: "valgrind")
    let text = try TextFile.read(Path(log))
    let line = text.split(separator: "\n").last { $0.contains("Collected :") }
    guard let count = line?.split(separator: " ").last.flatMap({ Int($0) }) else {
      throw CommandError.environment(
        "callgrind: expected the line «Collected : …» at its end, found none",
        remedy: "use valgrind 3.16 or later, or leave --instructions out")
    }
    return count
  }

  private static func run(_ words: [String], asks program: String) throws {
    let outcome = try BenchProcess.run("/usr/bin/env", words)
    guard outcome.code == 0 else {
      throw CommandError.environment(
        "instructions: expected \(program) to run, found exit code \(outcome.code): "
          + outcome.lastError, remedy: "install \(program), or leave --instructions out")
    }
  }
}
