import Dispatch
import LatentCore
import Runs
import Synchronization

/// Tells listeners what happens to runs: new points of the curves, and how runs stand.
///
/// One look at the folder serves all listeners; without any there is none.
final class Watch: Sendable {
  private struct State {
    var streams: [EventStream] = []
    var tails: [String: RunTail] = [:]
    var statuses: [String: String]?
    var generation = 0
    var lastPing = ContinuousClock.now
    var isStopped = false
  }

  /// How often is looked while somebody listens.
  static let pause = DispatchTimeInterval.milliseconds(150)
  private static let silence = Duration.seconds(15)
  private let runs: RunCatalogue
  private let tidy: @Sendable () -> Void
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "latent.studio.watch")

  init(_ runs: RunCatalogue, tidy: @escaping @Sendable () -> Void) {
    self.runs = runs
    self.tidy = tidy
  }

  /// Begins to look.
  func start() { queue.asyncAfter(deadline: .now() + Self.pause) { [weak self] in self?.tick() } }

  /// Ends all streams.
  func stop() {
    let streams = state.withLock { state in
      state.isStopped = true
      defer { state.streams = [] }
      return state.streams
    }
    for stream in streams { stream.end() }
  }

  /// Adds a listener.
  func add(_ stream: EventStream) {
    let isLate = state.withLock { state in
      guard !state.isStopped else { return true }
      for run in stream.runs where state.tails[run] == nil {
        state.tails[run] = RunTail(run, in: runs.folder)
      }
      state.streams.append(stream)
      return false
    }
    if isLate { stream.end() }
  }

  /// How many listen.
  var listeners: Int { state.withLock { $0.streams.count } }

  private func tick() {
    tidy()
    let (streams, isStopped) = state.withLock { state in
      state.streams.removeAll { $0.isEnded }
      return (state.streams, state.isStopped)
    }
    guard !isStopped else { return }
    if streams.isEmpty {
      state.withLock { ($0.tails, $0.statuses, $0.generation) = ([:], nil, 0) }
    } else {
      tell(streams)
    }
    start()
  }

  private func tell(_ streams: [EventStream]) {
    let (listed, generation) = runs.snapshot()
    let isNew = state.withLock { $0.generation != generation }
    // Thousands of names are not compared for nothing.
    let now =
      isNew ? Dictionary(listed.map { ($0.name, $0.status) }) { first, _ in first } : nil
    let wanted = Set(streams.flatMap(\.runs))
    let (points, before, isSilent) = state.withLock { state in
      state.tails = state.tails.filter { wanted.contains($0.key) }
      var points: [(run: String, text: [UInt8])] = []
      for run in wanted.sorted() {
        let events = state.tails[run, default: RunTail(run, in: runs.folder)].events(
          in: runs.folder)
        for event in events { points.append((run, Self.point(run, event))) }
      }
      let before = state.statuses
      if let now { (state.statuses, state.generation) = (now, generation) }
      let isSilent = state.lastPing.duration(to: .now) > Self.silence
      if isSilent { state.lastPing = .now }
      return (points, before, isSilent)
    }
    var changes: [(run: String, text: [UInt8])] = []
    if let before, let now {
      for (run, status) in now where before[run] != status {
        changes.append((run, Self.status(run, status)))
      }
      for run in before.keys where now[run] == nil {
        changes.append((run, Self.status(run, "gone")))
      }
    }
    for stream in streams {
      var text: [UInt8] = isSilent ? Array(": ping\n\n".utf8) : []
      for change in changes where stream.runs.isEmpty || stream.runs.contains(change.run) {
        text += change.text
      }
      for point in points where stream.runs.contains(point.run) { text += point.text }
      if !text.isEmpty { stream.send(text) }
    }
  }

  private static func point(_ run: String, _ event: Event) -> [UInt8] {
    var terms = JSONObject()
    for (name, quantity) in event.terms.sorted(by: { $0.key < $1.key }) {
      terms[name] = ["value": .double(quantity.value), "unit": .string(quantity.unit)]
    }
    return text(
      "point",
      [
        "run": .string(run), "step": .int(event.step), "epoch": .double(event.epoch),
        "split": .string(event.split), "terms": .object(terms),
      ])
  }

  private static func status(_ run: String, _ status: String) -> [UInt8] {
    text("status", ["run": .string(run), "status": .string(status)])
  }

  private static func text(_ name: String, _ data: JSONObject) -> [UInt8] {
    Array("event: \(name)\ndata: \(JSONValue.object(data).text(.compact))\n\n".utf8)
  }
}
