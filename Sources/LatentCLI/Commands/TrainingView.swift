import Runs

/// Shows training on the terminal: one line that is redrawn, or a plain line a minute elsewhere.
final class TrainingView {
  private var line: ProgressLine?
  private let epochs: Int?

  init(epochs: Int? = nil) {
    self.epochs = epochs
  }

  /// Shows what happened.
  func show(_ notice: TrainingNotice) {
    guard case .progress(let progress) = notice else { return }
    let line = self.line ?? ProgressLine(goal: .steps(progress.totalSteps))
    self.line = line
    let epoch = "epoch \(Int(progress.epoch))" + (epochs.map { "/\($0)" } ?? "")
    line.update(
      step: progress.step, label: epoch,
      terms: progress.terms.map { term in
        ProgressState.Term(term.name, term.value, unit: term.unit.isEmpty ? nil : term.unit)
      })
  }

  /// Leaves the last state standing.
  func end() { line?.finish() }
}
