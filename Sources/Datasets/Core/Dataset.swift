import Torch

/// Examples that can be counted and fetched by number, with what is known about them.
///
/// A conforming type answers the same indices with the same batch every time, so that an order of
/// indices is all that a run must keep to be restored. It may hold its data in memory, read them
/// from a file at each call, or render them.
public protocol Dataset {
  /// What the user called it, such as `digits`, for logs and reports.
  var name: String { get }

  /// The number of examples; valid indices are 0 ..< `count`.
  var count: Int { get }

  /// What one example is.
  var schema: DatasetSchema { get }

  /// `sha256:` and 64 hexadecimal digits: equal for equal content, whatever file it came from.
  ///
  /// See `Fingerprint` for what exactly is hashed. Throws `FileError` when a file that must be read
  /// for it cannot be.
  var fingerprint: String { get throws }

  /// The examples with these indices, in this order, on the CPU.
  ///
  /// Throws `DatasetError` for an index outside 0 ..< `count` and `FileError` when a file behind
  /// the data cannot be read any more.
  func batch(_ indices: [Int]) throws -> Batch
}

extension Dataset {
  /// All examples at once, for sets that fit in memory.
  public func all() throws -> Batch { try batch(Array(0..<count)) }

  /// Reads all examples in order, at most `size` at a time, so that a whole set need not fit in
  /// memory at once.
  ///
  /// Throws what reading a batch or `body` throws.
  public func forEachBatch(of size: Int, _ body: (Batch) throws -> Void) throws {
    for start in stride(from: 0, to: count, by: size) {
      try body(try batch(Array(start..<min(start + size, count))))
    }
  }

  /// Throws `DatasetError` unless every index names an example.
  package func check(_ indices: [Int]) throws {
    guard let wrong = indices.first(where: { $0 < 0 || $0 >= count }) else { return }
    throw DatasetError(
      .usage, subject: name, problem: "expected an index from 0 to \(count - 1), found \(wrong)",
      remedy: "ask for examples below the data set's count")
  }
}
