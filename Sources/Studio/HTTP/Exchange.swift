import Synchronization

/// One request on its way: its content while it comes, and its answer once there is one.
final class Exchange: Sendable {
  /// How far it is.
  enum Step {
    /// The content comes.
    case reading
    /// Somebody is working on the answer.
    case answering
    /// The answer waits to be sent.
    case answered(Response)
  }

  private struct State {
    var request: Request
    var step = Step.reading
  }

  /// The most bytes of content that are kept.
  let limit: Int
  private let state: Mutex<State>

  init(_ request: Request, limit: Int) {
    self.limit = limit
    state = Mutex(State(request: request))
  }

  var request: Request { state.withLock { $0.request } }

  /// Adds what came; no more than was announced is kept.
  func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    state.withLock { state in
      let room = max(0, limit - state.request.body.count)
      state.request.body.append(contentsOf: bytes.prefix(room))
    }
  }

  /// What is to be done at the end of the content; the first call begins the answering.
  func next() -> Step {
    state.withLock { state in
      let step = state.step
      if case .reading = step { state.step = .answering }
      return step
    }
  }

  /// Keeps the answer until it is asked for.
  func answer(_ response: Response) { state.withLock { $0.step = .answered(response) } }
}
