/// Tells how far the reading of a large file is that nobody asked for by name, such as the hashing
/// of six gigabytes before a run begins.
public enum LongReading {
  /// Files below this many bytes are read without a word.
  public static let limit = 1 << 30

  /// Called with the file, the bytes read and the bytes in all, about every 16 MB and at the end, on
  /// the thread that reads; set for a scope with `$observer.withValue`.
  @TaskLocal public static var observer:
    (@Sendable (_ path: String, _ done: Int, _ all: Int) -> Void)?
}
