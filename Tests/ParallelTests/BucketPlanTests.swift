import Parallel
import Testing

/// Which gradients travel together.
@Suite struct BucketPlanTests {
  private func buckets(_ sizes: [Int], kinds: [Int]? = nil, limit: Int) -> [[Int]] {
    BucketPlan(
      sizes.enumerated().map { ($0.offset, $0.element, kinds?[$0.offset] ?? 0) }, limit: limit
    ).buckets
  }

  @Test func neighboursFillABucketToItsLimit() {
    #expect(buckets([4, 4, 4, 4, 4], limit: 8) == [[0, 1], [2, 3], [4]])
    #expect(buckets([], limit: 8).isEmpty)
  }

  @Test func oneThatIsTooLargeGoesAlone() {
    #expect(buckets([2, 100, 2, 2], limit: 8) == [[0], [1], [2, 3]])
  }

  @Test func elementTypesAreNotMixed() {
    #expect(buckets([1, 1, 1, 1], kinds: [0, 1, 1, 0], limit: 8) == [[0], [1, 2], [3]])
  }

  /// Every gradient is in exactly one bucket, in the order given.
  @Test(arguments: [1, 7, 64, 1000]) func nothingIsLost(limit: Int) {
    let sizes = (0..<50).map { ($0 * 37) % 23 }
    #expect(buckets(sizes, limit: limit).flatMap(\.self) == Array(0..<50))
  }
}
