import Runs

/// Shows training on the terminal: one line that is redrawn, or a plain line a minute elsewhere.
final class TrainingView {
  private let console: Console
  private var line: ProgressLine?

  init(_ console: Console) {
    self.console = console
  }

  /// Shows what happened.
  func show(_ notice: TrainingNotice) {
    guard case .progress(let progress) = notice else { return }
    let line = self.line ?? console.progress(goal(progress))
    self.line = line
    let total = progress.totalEpochs.map { "/\($0)" } ?? ""
    line.update(
      step: progress.step, label: "epoch \(Int(progress.epoch))\(total)",
      terms: progress.terms.map { term in
        ProgressState.Term(term.name, term.value, unit: term.unit.isEmpty ? nil : term.unit)
      })
  }

  private func goal(_ progress: TrainingProgress) -> ProgressLine.Goal {
    progress.secondsLeft.map { .seconds($0) } ?? .steps(progress.totalSteps)
  }

  /// Leaves the last state standing.
  func end() { line?.finish() }
}
