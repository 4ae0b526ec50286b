import LatentCore
import Runs

/// Shows on stderr how far a sweep is: one line that is redrawn, and a line for each run that has ended.
final class SweepProgress {
  /// Why runs failed, in the order in which they did.
  private(set) var failures: [(point: SweepPoint, failure: SweepFailure)] = []
  /// Runs that were stopped on request.
  private(set) var interrupted: [SweepPoint] = []
  private let console: Console
  private let line: ProgressLine
  private let total: Int
  private let finishedBefore: Int
  private var finished: Int
  /// The runs at work, with the part of the budget that they had used when they were first heard of and now.
  private var running: [SweepPoint: (first: Double, now: Double)] = [:]
  private var workDone = 0.0
  private let begin = ContinuousClock.now

  /// A sweep of `total` runs of which so many were finished before.
  init(_ console: Console, total: Int, finished: Int) {
    self.console = console
    self.total = total
    finishedBefore = finished
    self.finished = finished
    line = console.progress(.unknown, unit: "runs")
  }

  /// Takes what happened to a run; `numbers` are what was measured of it, for people.
  func take(_ answer: SweepAnswer, of point: SweepPoint, numbers: () -> String) {
    switch answer {
    case .progress(let fraction):
      running[point] = (running[point]?.first ?? fraction, fraction)
    case .finished:
      workDone += 1 - (running.removeValue(forKey: point)?.first ?? 0)
      finished += 1
      console.note("\(finished)/\(total) \(point.label)  \(numbers())")
    case .interrupted:
      running[point] = nil
      interrupted.append(point)
    case .failed(let failure):
      workDone += 1 - (running.removeValue(forKey: point)?.first ?? 0)
      failures.append((point, failure))
      console.note("failed \(point.label): \(failure.reason)")
    }
  }

  /// Draws the line when it is time.
  func draw() { line.update(state) }

  /// Takes the line away.
  func end() {
    line.clear()
    line.finish()
  }

  private var state: ProgressState {
    let parts = running.values.reduce(0) { $0 + $1.now }
    let fresh = workDone + running.values.reduce(0) { $0 + $1.now - $1.first }
    let ended = finished + failures.count
    var state = ProgressState(label: "\(finished)/\(total) runs")
    state.label += ", \(running.count) at work"
    if !failures.isEmpty { state.label += ", \(failures.count) failed" }
    state.fraction = (Double(ended) + parts) / Double(max(total, 1))
    let elapsed = (ContinuousClock.now - begin) / .seconds(1)
    if fresh > 0.02 {
      state.secondsLeft = elapsed / fresh * max(Double(total - ended) - parts, 0)
    }
    return state
  }
}
