import Bench
import LatentCore
import Torch

/// The work of a training step of each workload, counted in a process of its own with one thread an operation.
struct BudgetCheck {
  let note: (String) -> Void

  /// The work of the training workloads among these, and the instructions of a step if asked for.
  func count(_ workloads: [Workload], withInstructions: Bool) throws -> Budget {
    let found = try count(workloads)
    return Budget(
      libtorch: TorchRuntime.version, kernels: TorchRuntime.kernels, workloads: found,
      instructions: withInstructions ? try InstructionCount.ofOneStep() : nil)
  }

  private func count(_ workloads: [Workload]) throws -> [(name: String, work: Work)] {
    try BenchFolder.with { folder in
      try workloads.filter(\.isTraining).map { workload in
        let task = BenchTask(
          .count, of: workload.name, start: "\(folder)/start", seconds: 1, threads: 1)
        return (workload.name, try OwnProcess.work(task, file: "\(folder)/task.json"))
      }
    }
  }

  /// Reads a budget for this version of LibTorch and this processor's kernels; throws `CommandError` with exit code 3.
  static func read(_ path: Path) throws -> Budget {
    let text = try TextFile.read(path)
    guard let object = try? JSON5Reader.object(text, source: path.text), let budget = Budget(object)
    else {
      throw CommandError.environment(
        "\(path.text): expected what latent bench --count --json prints, found something else",
        remedy: "restore the file, or write it anew: bin/bench-guard --update")
    }
    guard budget.libtorch == TorchRuntime.version else {
      throw CommandError.environment(
        "\(path.text): expected a budget for LibTorch \(TorchRuntime.version), found one for "
          + budget.libtorch,
        remedy: "build with that version, or write the file anew: bin/bench-guard --update")
    }
    guard budget.kernels == TorchRuntime.kernels else {
      throw CommandError.environment(
        "\(path.text): expected a budget for the kernels of this processor, "
          + "\(TorchRuntime.kernels), found one for \(budget.kernels)",
        remedy: "count on a processor with those, or write the file anew: bin/bench-guard --update")
    }
    return budget
  }

  /// Throws `CommandError` with exit code 1 where a figure lies above its budget, after a line for each.
  func check(_ found: Budget, _ budget: Budget, _ path: Path) throws {
    let missing = found.workloads.first { entry in
      !budget.workloads.contains { $0.name == entry.name }
    }
    if let missing {
      throw CommandError.failed(
        "\(path.text): expected a budget for the workload \(missing.name), found none",
        remedy: "bin/bench-guard --update")
    }
    let differences = budget.differences(of: found)
    for gain in differences where gain.isGain {
      note(text(gain) + ": a gain, which bin/bench-guard --update would hold")
    }
    let above = differences.filter(\.isExcess)
    guard let first = above.first else { return }
    for excess in above { note(text(excess)) }
    throw CommandError.failed(
      "a step of \(first.workload): expected at most \(first.limit) \(first.words) by "
        + "\(path.text), found \(first.found)" + (above.count > 1 ? ", and the lines above" : ""),
      remedy: "take the work out again; if it is meant, bin/bench-guard --update, and say why")
  }

  private func text(_ difference: Budget.Difference) -> String {
    "\(difference.workload): \(difference.found) \(difference.words), budget \(difference.budget)"
  }
}

extension Budget.Difference {
  /// The figure in words.
  fileprivate var words: String { figure.split(separator: "_").joined(separator: " ") }
}

extension Workload {
  /// Whether it is steps of training.
  var isTraining: Bool {
    if case .training = work { true } else { false }
  }
}
