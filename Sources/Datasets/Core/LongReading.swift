/// Tells how far the reading of a large file is that nobody asked for by name, such as the hashing
/// of six gigabytes before a run begins.
public enum LongReading {
  /// Told the file, the bytes read and the bytes in all.
  public typealias Observer = @Sendable (_ path: String, _ done: Int, _ all: Int) -> Void

  /// Files below this many bytes are read without a word.
  public static let limit = 1 << 30

  @TaskLocal private static var current: ObserverBox?

  /// Runs `body` with `observer` called about every 16 MB and at the end of each large file, on the
  /// thread that reads.
  @inline(never)
  public static func observed<Result>(
    by observer: @escaping Observer, _ body: () throws -> Result
  ) rethrows -> Result {
    try $current.withValue(ObserverBox(observer), operation: body)
  }

  /// Tells the observer of the scope, if there is one.
  static func tell(_ path: String, _ done: Int, _ all: Int) { current?.observer(path, done, all) }
}

/// A class, because a task-local function that is specialised by Swift 6.3's optimiser crashes.
private final class ObserverBox: Sendable {
  let observer: LongReading.Observer

  init(_ observer: @escaping LongReading.Observer) { self.observer = observer }
}
