#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Estimates steps a second from counts and times, the recent ones weighing more.
///
/// An exponential average over about `memory` seconds: after a change of speed the estimate has
/// moved 63% of the way when that time has passed. Its start is corrected for the missing past, so
/// that the first estimate is the plain mean.
struct RateMeter: Sendable {
  private let memory: Double
  private var last: (count: Double, time: Double)?
  private var steps = 0.0
  private var seconds = 0.0

  /// Makes a meter that has seen nothing.
  init(memory: Double = 5) { self.memory = memory }

  /// Steps a second, or `nil` before two different times were seen.
  var rate: Double? { seconds > 0 ? steps / seconds : nil }

  /// Whether nothing was seen yet.
  var isEmpty: Bool { last == nil }

  /// Takes the number of steps done by `time` (seconds of any clock); a time that is not later than
  /// the last is ignored.
  mutating func add(count: Double, time: Double) {
    guard let last else {
      self.last = (count, time)
      return
    }
    let elapsed = time - last.time
    guard elapsed > 0 else { return }
    let kept = exp(-elapsed / memory)
    steps = steps * kept + (count - last.count)
    seconds = seconds * kept + elapsed
    self.last = (count, time)
  }
}
