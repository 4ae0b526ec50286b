import LatentCore
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The rooms that are open: at most three, each ended after ten idle minutes.
final class RoomPool: Sendable {
  private struct Open {
    var room: Room
    var weights: FileStamp?
    var opened: ContinuousClock.Instant
    var used: ContinuousClock.Instant
  }

  private struct State {
    var open: [String: Open] = [:]
    var isStopped = false
  }

  private static let width = 3
  private static let idle = Duration.seconds(600)
  private static let weights = [
    "run.json", "checkpoints/best.safetensors", "checkpoints/last.safetensors",
  ]
  private let runs: String
  private let program: String
  private let state = Mutex(State())

  init(runs: String, program: String) {
    self.runs = runs
    self.program = program
  }

  /// Asks the room of a run, opened if need be; throws `Problem`, and `FileError` if it cannot be opened.
  func ask(_ run: String, _ question: JSONObject, seconds: Int = 120) throws -> [UInt8] {
    try room(run).ask(question, seconds: seconds)
  }

  private func room(_ run: String) throws -> Room {
    let found = stamp(run)
    let (room, leaving) = try state.withLock { state -> (Room, [Room]) in
      guard !state.isStopped else {
        throw Problem(503, "the studio ends", remedy: "start it again")
      }
      var leaving: [Room] = []
      if let open = state.open[run] {
        // Weights of a run at work change every few seconds; a room is worth keeping a little longer.
        let isOld = open.weights != found && open.opened.duration(to: .now) > .seconds(5)
        if !open.room.isClosed, !isOld {
          state.open[run]?.used = .now
          return (open.room, [])
        }
        state.open[run] = nil
        leaving.append(open.room)
      }
      while state.open.count >= Self.width,
        let oldest = state.open.min(by: { $0.value.used < $1.value.used })
      {
        state.open[oldest.key] = nil
        leaving.append(oldest.value.room)
      }
      let room = try Room("\(runs)/\(run)", program: program)
      state.open[run] = Open(room: room, weights: found, opened: .now, used: .now)
      return (room, leaving)
    }
    // Outside the lock: a room may be computing.
    for room in leaving { room.stop() }
    return room
  }

  private func stamp(_ run: String) -> FileStamp? {
    let folder = open("\(runs)/\(run)", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard folder >= 0 else { return nil }
    defer { close(folder) }
    return FileStamp(Self.weights, below: folder, now: time(nil))
  }

  /// Ends rooms that nobody has asked for ten minutes.
  func tidy() {
    let leaving = state.withLock { state in
      let old = state.open.filter { $0.value.used.duration(to: .now) > Self.idle }
      for name in old.keys { state.open[name] = nil }
      return old.values.map(\.room)
    }
    for room in leaving { room.stop() }
  }

  /// Ends all rooms and opens none any more.
  func stop() {
    let leaving = state.withLock { state in
      state.isStopped = true
      defer { state.open = [:] }
      return state.open.values.map(\.room)
    }
    for room in leaving { room.stop() }
  }
}
