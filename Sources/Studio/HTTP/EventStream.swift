import CMicroHTTPD
import Synchronization

/// Server-sent events to one listener.
///
/// What is sent waits here until the connection takes it. A connection with nothing to take is put
/// aside, so that it costs neither thread nor processor; a listener that lags too far behind is let go.
///
/// **Source**: WHATWG HTML, section 9.2, server-sent events.
final class EventStream: Sendable {
  /// Bytes that may wait for a listener.
  static let limit = 256 << 10

  private struct State {
    var waiting: [UInt8] = Array("retry: 1000\n\n".utf8)
    var isEnded = false
    /// The connection while it is put aside.
    var resting: Connection?
    var connection: Connection?
  }

  /// The runs whose points are wanted.
  let runs: Set<String>
  private let state = Mutex(State())

  init(runs: Set<String>) { self.runs = runs }

  /// Whether nobody listens any more.
  var isEnded: Bool { state.withLock { $0.isEnded } }

  /// Sends a text that holds whole events.
  func send(_ text: [UInt8]) {
    state.withLock { state in
      guard !state.isEnded else { return }
      if state.waiting.count + text.count > Self.limit {
        state.isEnded = true
        state.waiting = []
      } else {
        state.waiting += text
      }
      Self.wake(&state)
    }
  }

  /// Ends the stream for its listener.
  func end() {
    state.withLock { state in
      state.isEnded = true
      Self.wake(&state)
    }
  }

  /// Says which connection it is sent on.
  func attach(_ connection: Connection) { state.withLock { $0.connection = connection } }

  /// Says that the connection is gone.
  func detach() {
    state.withLock { state in
      (state.isEnded, state.connection, state.resting) = (true, nil, nil)
      state.waiting = []
    }
  }

  private static func wake(_ state: inout State) {
    guard let connection = state.resting else { return }
    state.resting = nil
    MHD_resume_connection(connection.pointer)
  }

  /// Gives the next bytes to the connection's thread; 0 after having put the connection aside.
  func read(into buffer: UnsafeMutablePointer<CChar>, count: Int) -> Int {
    state.withLock { state in
      guard !state.waiting.isEmpty else {
        if state.isEnded { return Int(latent_http_end) }
        // Within the lock, so that whoever sends next finds the connection at rest.
        guard let connection = state.connection else { return Int(latent_http_end) }
        MHD_suspend_connection(connection.pointer)
        state.resting = connection
        return 0
      }
      let part = state.waiting.prefix(count)
      part.withUnsafeBytes {
        UnsafeMutableRawPointer(buffer).copyMemory(from: $0.baseAddress!, byteCount: $0.count)
      }
      state.waiting.removeFirst(part.count)
      return part.count
    }
  }
}

/// libmicrohttpd's handle of a connection, which other threads use to wake it.
struct Connection: @unchecked Sendable {
  let pointer: OpaquePointer
}
