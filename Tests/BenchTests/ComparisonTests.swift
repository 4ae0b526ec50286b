import LatentCore
import Testing

@testable import Bench

/// What `latent bench` makes of times.
@Suite struct ComparisonTests {
  private func times(_ milliseconds: [[Double]], peak: Double = 100) -> SideTimes {
    var times = SideTimes()
    for process in milliseconds { times.add(process, peakMegabytes: peak) }
    return times
  }

  private func sample() -> Comparison {
    var result = Comparison(.mlpVAE(batchSize: 128, target: 1.05))
    result.ours = times([[2, 3, 2], [2, 4, 4]], peak: 120)
    result.peers = [
      ("pytorch-eager", .timed(times([[6, 6, 6]], peak: 300), variant: "as installed")),
      ("pytorch-compile", .timed(times([[4.5, 4.5]], peak: 500), variant: "as installed")),
      ("jax", .absent(reason: "not here")),
    ]
    result.operations = 2e8
    result.peakRate = 200
    return result
  }

  @Test func theMedianIsOverProcesses() {
    let times = times([[1, 9, 2], [4, 4], [30, 10, 20]])
    #expect(times.medians == [2, 4, 20])
    #expect(times.typical == 4)
    #expect(times.least == 1)
    #expect(median([3, 1, 2, 4]) == 2.5)
    #expect(median([]).isNaN)
  }

  @Test func ratiosAreThePeersOverOurs() {
    let result = sample()
    #expect(result.ours.typical == 3)
    #expect(result.ratioToBestPeer == 1.5)
    #expect(result.ratioToEager == 2)
    #expect(result.memoryRatio == 0.4)
    #expect(result.limit == 1)
    #expect(result.holds)
  }

  @Test func aTargetThatIsNotReachedDoesNotHold() {
    var result = sample()
    result.peers[1].outcome = .timed(times([[3.1]]), variant: "as installed")
    #expect(!result.holds)
    result.peers = [("jax", .absent(reason: "not here"))]
    #expect(!result.holds)
    #expect(result.ratioToBestPeer == nil)
    #expect(result.json["ratio_to_best_peer"] == .null)
  }

  @Test func theDocumentHasTheAgreedMembers() {
    let json = sample().json
    let names = json.members.map(\.name)
    for name in [
      "name", "ours", "peers", "ratio_to_best_peer", "ratio_to_pytorch_eager", "limit_ms",
      "fraction_of_limit", "target", "holds",
    ] { #expect(names.contains(name), "\(name)") }
    #expect(json["name"] == "mlp-vae-128")
    #expect(json["ours"]?["median_ms"] == 3.0)
    #expect(json["ours"]?["min_ms"] == 2.0)
    #expect(json["peers"]?["pytorch-compile"]?["median_ms"] == 4.5)
    #expect(json["peers"]?["jax"] == .null)
    #expect(json["absent"]?["jax"] == "not here")
    #expect(json["memory"]?["holds"] == true)
  }

  @Test func lossesAreComparedRelatively() throws {
    let difference = try #require(Comparison.difference([100, 200], [100.001, 200]))
    #expect(abs(difference - 1e-5) < 1e-9)
    #expect(Comparison.difference([1], [1, 2]) == nil)
    #expect(Comparison.difference([], []) == nil)
    #expect(Comparison.difference([.nan], [1]) == nil)
  }

  @Test func aTaskReadsBackFromItsJSON() throws {
    let task = BenchTask(.time, of: "iwae", start: "/a/b", seconds: 1.5, threads: 2)
    #expect(BenchTask(task.json) == task)
    #expect(BenchTask(task.timed.json)?.kind == .time)
    #expect(BenchTask([:]) == nil)
  }
}
