import Datasets
import Dispatch
import Parallel
import Torch

/// A thread that reads what it is asked for, one request at a time.
///
/// Not a queue's thread, since LibTorch keeps threads for operations of each thread that ever ran one.
/// `@unchecked`: the asker writes before `asked` and reads after `done`, the thread the other way round.
final class ReadingThread: @unchecked Sendable {
  private let data: any Dataset
  private let device: Device
  private let asked = DispatchSemaphore(value: 0)
  private let done = DispatchSemaphore(value: 0)
  private var request: [[Int]]?
  private var answer: Result<[Batch], any Error> = .success([])

  /// A thread over `data`, which nobody else asks between `ask` and `take`.
  init(_ data: any Dataset, device: Device) {
    self.data = data
    self.device = device
    Watchman.start { [self] in serve() }
  }

  /// Begins to read the batches of these parts; `take` must follow before the next.
  func ask(for parts: [[Int]]) {
    request = parts
    asked.signal()
  }

  /// Waits for what was asked for.
  func take() -> Result<[Batch], any Error> {
    done.wait()
    defer { answer = .success([]) }
    return answer
  }

  /// Ends the thread, which reads nothing at the moment.
  func end() {
    request = nil
    asked.signal()
  }

  private func serve() {
    while true {
      asked.wait()
      guard let request else { return }
      answer = Result { try withDevice(device) { try request.map { try data.batch($0) } } }
      done.signal()
    }
  }
}
