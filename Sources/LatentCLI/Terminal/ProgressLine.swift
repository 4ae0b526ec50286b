/// One line on stderr that shows how far the work is, redrawn in place.
///
/// On a terminal it is drawn at most ten times a second, in the terminal's present width, with the
/// cursor hidden until ``finish()``, a signal or the end of the process. Elsewhere (a file, a pipe) it
/// is silent, but for one plain line each minute, so that logs of long work show life.
final class ProgressLine {
  /// When the work is done.
  enum Goal: Sendable {
    /// After this many steps.
    case steps(Int)
    /// After this many seconds.
    case seconds(Double)
    /// Not known.
    case unknown
  }

  private let goal: Goal
  private let unit: String
  private let device: TerminalDevice
  private let isInteractive: Bool
  private let palette: Palette
  private let write: (String) -> Void
  private let now: () -> Double
  private let start: Double

  private var meter = RateMeter()
  private var lastDrawn = -Double.infinity
  private var isShown = false
  private var isFinished = false
  private var current: ProgressState?

  /// Begins a line that shows nothing yet.
  ///
  /// - Parameters:
  ///   - goal: when the work is done; with `steps`, the rate gives the time left.
  ///   - unit: what a step is called, in the plural.
  ///   - device: the terminal.
  ///   - isInteractive: whether to draw; as the terminal says unless given.
  ///   - palette: the colours; as the terminal says unless given.
  ///   - write: where text goes; the device unless given.
  ///   - now: a clock in seconds that never runs backwards.
  init(
    goal: Goal, unit: String = "steps", device: TerminalDevice = .error,
    isInteractive: Bool? = nil, palette: Palette? = nil, write: ((String) -> Void)? = nil,
    now: @escaping () -> Double = ProgressLine.uptime
  ) {
    self.goal = goal
    self.unit = unit
    self.device = device
    self.isInteractive = isInteractive ?? device.isInteractive
    self.palette = palette ?? Palette(isColoured: device.isColoured)
    self.write = write ?? { Console.write($0, to: device.descriptor) }
    self.now = now
    start = now()
    if !self.isInteractive { lastDrawn = start }
  }

  deinit { finish() }

  /// Takes the number of steps done, and draws when it is time.
  ///
  /// `terms` is only asked for when the line is drawn, so that values need not be read from a device
  /// at every step. The last step is always drawn.
  func update(
    step: Int, label: String = "", terms: @autoclosure () -> [ProgressState.Term] = []
  ) {
    let time = now()
    if meter.isEmpty { meter.add(count: Double(step), time: time) }
    guard isDue(at: time) || (isInteractive && isLast(step)) else { return }
    meter.add(count: Double(step), time: time)
    var state = ProgressState(label: label, unit: unit, terms: terms())
    state.rate = meter.rate
    switch goal {
    case .steps(let total):
      state.fraction = total > 0 ? Double(step) / Double(total) : 1
      state.secondsLeft = meter.rate.flatMap { $0 > 0 ? Double(max(0, total - step)) / $0 : nil }
    case .seconds(let total):
      state.fraction = total > 0 ? (time - start) / total : 1
      state.secondsLeft = max(0, total - (time - start))
    case .unknown:
      break
    }
    show(state, at: time)
  }

  /// Draws a state that the caller has worked out, when it is time; it is only asked for then.
  func update(_ state: @autoclosure () -> ProgressState) {
    let time = now()
    if isDue(at: time) { show(state(), at: time) }
  }

  private func isDue(at time: Double) -> Bool { time - lastDrawn >= (isInteractive ? 0.1 : 60) }

  private func show(_ state: ProgressState, at time: Double) {
    current = state
    lastDrawn = time
    draw()
  }

  private func isLast(_ step: Int) -> Bool {
    if case .steps(let total) = goal { step >= total } else { false }
  }

  /// Shows a line of text above the progress.
  func note(_ text: String) {
    clear()
    write(text + "\n")
    if isInteractive, !isFinished { draw() }
  }

  /// Takes the line away and shows the cursor; ``update(step:label:terms:)`` draws it again.
  func clear() {
    guard isShown else { return }
    isShown = false
    write("\r\u{1B}[K")
    CursorGuard.show(device, write)
  }

  /// Leaves `last`, or what was drawn last, on the terminal, goes to the next line and shows the
  /// cursor; elsewhere nothing.
  func finish(_ last: ProgressState? = nil) {
    guard !isFinished else { return }
    isFinished = true
    if let last, isInteractive { show(last, at: now()) }
    guard isShown else { return }
    isShown = false
    write("\n")
    CursorGuard.show(device, write)
  }

  /// Seconds since this was first asked for.
  static func uptime() -> Double {
    let elapsed = ContinuousClock.now - origin
    return Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
  }

  private static let origin = ContinuousClock.now

  private func draw() {
    guard let state = current else { return }
    guard isInteractive else { return write(state.line(width: .max) + "\n") }
    if !isShown { CursorGuard.hide(device, write) }
    isShown = true
    // The last column stays free: some terminals wrap as soon as it is filled.
    write("\r" + state.line(width: max(1, device.columns - 1), palette: palette) + "\u{1B}[K")
  }
}
