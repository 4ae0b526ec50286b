/// Which gradients travel together: neighbours of one element type, so many bytes at a time.
///
/// Small messages cost their latency, and one large message cannot leave before the last gradient is there.
public struct BucketPlan: Sendable, Hashable {
  /// Bytes that a bucket is closed at.
  public static let defaultLimit = 1 << 20

  /// The indices in each bucket, in the order that they were given in.
  public let buckets: [[Int]]

  /// A plan for gradients of these sizes in bytes and element types, in the order in which they are
  /// expected to be ready; one that is larger than `limit` has a bucket of its own.
  public init<Kind: Equatable>(
    _ gradients: [(index: Int, bytes: Int, kind: Kind)], limit: Int = BucketPlan.defaultLimit
  ) {
    var buckets: [[Int]] = []
    var (filled, last): (Int, Kind?) = (0, nil)
    for gradient in gradients {
      if let last, last == gradient.kind, filled + gradient.bytes <= limit {
        buckets[buckets.count - 1].append(gradient.index)
        filled += gradient.bytes
      } else {
        buckets.append([gradient.index])
        filled = gradient.bytes
      }
      last = gradient.kind
    }
    self.buckets = buckets
  }
}
