import Dispatch
import Synchronization

/// Runs pieces of work beside each other, so many at a time and so many more waiting.
final class WorkQueue: Sendable {
  private struct State {
    var running = 0
    var waiting: [@Sendable () -> Void] = []
    var isStopped = false
  }

  private let state = Mutex(State())
  private let queue: DispatchQueue
  private let width: Int
  private let depth: Int

  init(_ name: String, width: Int, depth: Int) {
    queue = DispatchQueue(label: "latent.studio.\(name)", attributes: .concurrent)
    (self.width, self.depth) = (width, depth)
  }

  /// Takes a piece of work; false if too many are waiting or the queue is stopped.
  func add(_ work: @escaping @Sendable () -> Void) -> Bool {
    let starts: Bool? = state.withLock { state in
      guard !state.isStopped, state.waiting.count < depth else { return nil }
      state.waiting.append(work)
      guard state.running < width else { return false }
      state.running += 1
      return true
    }
    guard let starts else { return false }
    if starts { queue.async { self.drain() } }
    return true
  }

  private func drain() {
    while true {
      let work: (@Sendable () -> Void)? = state.withLock { state in
        guard !state.waiting.isEmpty else {
          state.running -= 1
          return nil
        }
        return state.waiting.removeFirst()
      }
      guard let work else { return }
      work()
    }
  }

  /// Takes nothing more and waits until what was taken is done.
  func stop() {
    state.withLock { $0.isStopped = true }
    while state.withLock({ $0.running > 0 }) { DispatchQueue.pause() }
  }
}

extension DispatchQueue {
  fileprivate static func pause() {
    _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(2))
  }
}
