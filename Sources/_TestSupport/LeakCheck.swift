public import Testing
import Torch

/// Records an issue if `body` leaves more tensors alive than it found.
///
/// The count is the process's, so the suite that uses it runs by itself (`.serialized`) or the
/// check repeats: a leak shows in every one of three runs, a neighbour's tensors only by chance.
public func expectNoTensorLeaks(
  sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
) rethrows {
  var growth: [Int] = []
  for _ in 0..<5 {
    let before = Memory.liveTensorHandles
    try body()
    growth.append(Memory.liveTensorHandles - before)
    if growth.contains(where: { $0 <= 0 }) { return }
  }
  Issue.record(
    "tensors left alive in each of \(growth.count) runs: \(growth)", sourceLocation: sourceLocation)
}
