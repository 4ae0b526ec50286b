import Datasets
import Torch

/// Reads the batches of a run, and one update ahead on a thread of its own where reading takes long.
///
/// What is read and in what order does not depend on it, as a data set answers the same indices with the same batch: a
/// run ends with the same bits either way. While something is being read ahead nobody else may ask the data; `settle` waits
/// for that.
final class BatchReader {
  /// When to read ahead.
  enum Habit {
    /// For sets in memory a thread would cost more than it gains: where the first reads took at least `leastSeconds` in the
    /// median and `leastShare` of the time.
    case whereSlow
    /// From the first update on, for tests.
    case always
    /// Never, for tests.
    case never
  }

  /// The shortest read that is done ahead.
  static let leastSeconds = 0.2e-3
  /// The least share of the time that reading takes for it to be done ahead.
  static let leastShare = 0.01
  /// The reads that this is judged by.
  static let judged = 9

  /// Seconds in which the caller waited for examples.
  private(set) var secondsWaited = 0.0
  /// Whether updates are read ahead.
  private(set) var isAhead: Bool
  private let data: any Dataset
  private let device: Device
  private let habit: Habit
  private var reads: [Double] = []
  private let now: () -> Double
  private var firstRead = 0.0
  private var thread: ReadingThread?
  private var announced: [[Int]]?

  /// A reader of `data` for a run on `device`; `now` stands in for the clock, in seconds, in tests.
  init(
    _ data: any Dataset, device: Device, habit: Habit = .whereSlow, now: (() -> Double)? = nil
  ) {
    (self.data, self.device, self.habit) = (data, device, habit)
    let clock = Clock()
    self.now = now ?? { clock.seconds }
    isAhead = habit == .always
  }

  deinit {
    settle()
    thread?.end()
  }

  /// The examples of each part; throws what the data throw.
  func batches(_ parts: [[Int]]) throws -> [Batch] {
    let begin = now()
    if reads.isEmpty { firstRead = begin }
    defer { secondsWaited += now() - begin }
    if let ready = announced, let thread {
      announced = nil
      let found = thread.take()
      if ready == parts { return try found.get() }
    }
    let found = try parts.map { try data.batch($0) }
    judge(now() - begin)
    return found
  }

  /// Says what is asked for next, which is read from now on if that pays.
  func announce(_ parts: @autoclosure () -> [[Int]]) {
    guard isAhead, announced == nil else { return }
    let parts = parts()
    let thread = self.thread ?? ReadingThread(data, device: device)
    self.thread = thread
    thread.ask(for: parts)
    announced = parts
  }

  /// Waits until nothing is being read; what was read ahead is let go.
  func settle() {
    guard announced != nil, let thread else { return }
    announced = nil
    _ = thread.take()
  }

  private func judge(_ seconds: Double) {
    guard habit == .whereSlow, reads.count < Self.judged else { return }
    reads.append(seconds)
    guard reads.count == Self.judged else { return }
    let share = reads.reduce(0, +) / max(now() - firstRead, 1e-9)
    isAhead = reads.sorted()[Self.judged / 2] >= Self.leastSeconds && share >= Self.leastShare
  }
}
