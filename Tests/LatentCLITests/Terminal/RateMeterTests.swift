import Testing

@testable import LatentCLI

struct RateMeterTests {
  @Test func aConstantSpeedIsExactFromTheStart() throws {
    var meter = RateMeter()
    meter.add(count: 100, time: 3)
    #expect(meter.rate == nil)
    for second in 1...20 {
      meter.add(count: 100 + 50 * Double(second), time: 3 + Double(second))
      #expect(abs(try #require(meter.rate) - 50) < 1e-9)
    }
  }

  @Test func aChangeOfSpeedIsFollowed() throws {
    var meter = RateMeter(memory: 5)
    meter.add(count: 0, time: 0)
    meter.add(count: 10_000, time: 100)
    meter.add(count: 10_000, time: 105)
    // 100 a second, then nothing for as long as the memory: 1/e of the steps are left.
    let left = 10_000 * 0.36787944117144233
    let expected = left / (100 * 0.36787944117144233 + 5)
    #expect(abs(try #require(meter.rate) - expected) < 1e-9)
  }

  @Test func timeThatDoesNotPassIsIgnored() {
    var meter = RateMeter()
    meter.add(count: 0, time: 1)
    meter.add(count: 5, time: 1)
    meter.add(count: 5, time: 0)
    #expect(meter.rate == nil)
  }
}
