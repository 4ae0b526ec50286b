import Testing
import Torch

/// Counts of what LibTorch does.
@Suite struct WorkTests {
  @Test func aSumIsOneOperatorAndOneBlock() throws {
    let meter = try WorkMeter()
    let a = Tensor.ones([100])
    let work = meter.count { _ = a + a }
    #expect(work.operators == 1)
    #expect(work.nodes == 0)
    #expect(work.allocations == 1)
    #expect(work.allocatedBytes == 400)
    #expect(work.peakBytes == 800, "a and the sum")
  }

  @Test func aBlockThatIsGivenBackLeavesThePeak() throws {
    let meter = try WorkMeter()
    let one = meter.count { _ = Tensor.zeros([1000]) }
    let ten = meter.count { for _ in 0..<10 { _ = Tensor.zeros([1000]) } }
    #expect(ten.allocatedBytes == 10 * one.allocatedBytes)
    #expect(ten.peakBytes == one.peakBytes)
  }

  /// exp and sum have a node each; a gradient that is asked for at a leaf is taken before its own.
  @Test func gradientsHaveNodes() throws {
    let meter = try WorkMeter()
    let x = Tensor.ones([3])
    let work = meter.count { _ = gradient(at: x) { exp($0).sum() } }
    #expect(work.nodes == 2)
    #expect(work.operators > 2)
  }

  @Test func aThreadHasOneMeterAtATime() throws {
    do {
      let meter = try WorkMeter()
      #expect(throws: TorchError.self) { try WorkMeter() }
      #expect(meter.count {} == Work())
    }
    let again = try WorkMeter()
    #expect(again.count { _ = Tensor.ones([1]) }.allocations == 1)
  }
}
