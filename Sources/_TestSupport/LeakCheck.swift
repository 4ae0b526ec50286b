public import Testing
import Torch

/// Records an issue if `body` leaves more tensors alive than it found.
///
/// Counts what the calling thread makes and releases, so that tests beside it do not disturb; the
/// first runs may fill caches, a leak shows in every one of three.
public func expectNoTensorLeaks(
  sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
) rethrows {
  var growth: [Int] = []
  for _ in 0..<3 {
    let before = Memory.threadTensorHandles
    try body()
    growth.append(Memory.threadTensorHandles - before)
    if growth.contains(where: { $0 <= 0 }) { return }
  }
  Issue.record(
    "tensors left alive in each of \(growth.count) runs: \(growth)", sourceLocation: sourceLocation)
}
