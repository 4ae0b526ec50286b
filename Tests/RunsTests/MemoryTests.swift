import Testing
import _TestSupport

/// Long training keeps nothing alive.
@Suite(.serialized) struct MemoryTests {
  @Test func aRunLeavesNoTensors() throws {
    try withTemporaryFolder { folder in
      var count = 0
      try expectNoTensorLeaks {
        count += 1
        _ = try smallRun(in: folder, name: "run-\(count)", steps: 12)
      }
    }
  }
}
