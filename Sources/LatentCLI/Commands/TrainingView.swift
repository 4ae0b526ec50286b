import Runs

/// Shows training on the terminal: one line that is redrawn, or plain lines elsewhere.
final class TrainingView {
  private let console: Console
  private let line: ProgressLine?

  init(_ console: Console) {
    self.console = console
    line = ProgressLine.forTerminal()
  }

  /// Shows what happened.
  func show(_ notice: TrainingNotice) {
    switch notice {
    case .progress(let progress): show(progress)
    case .validated: break
    }
  }

  private func show(_ progress: TrainingProgress) {
    let done = Double(progress.step - progress.firstStep)
    let rate = progress.seconds > 0 ? done / progress.seconds : 0
    let left = rate > 0 ? Double(progress.totalSteps - progress.step) / rate : nil
    line?.update(
      label: "epoch \(Int(progress.epoch))", fraction: progress.fraction, rate: rate,
      rateUnit: "steps/s", secondsLeft: left,
      terms: progress.terms.map { ($0.name, $0.value, $0.unit) })
  }

  /// Leaves the last state standing.
  func end() { line?.finish() }
}
