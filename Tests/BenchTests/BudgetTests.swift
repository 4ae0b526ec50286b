import LatentCore
import LatentModels
import Testing
import Torch

@testable import Bench

/// The budget of work, and that work can be counted again.
@Suite struct BudgetTests {
  private func work(operators: Int = 100, bytes: Int = 1000) -> Work {
    var work = Work()
    (work.operators, work.nodes, work.allocations) = (operators, 10, 20)
    (work.allocatedBytes, work.peakBytes) = (bytes, 500)
    return work
  }

  private func budget(_ work: Work, instructions: Int? = nil) -> Budget {
    Budget(
      libtorch: "2.13.0", kernels: "avx512", workloads: [("toy", work)],
      instructions: instructions)
  }

  private func excesses(_ found: Work) -> [String] {
    budget(work()).differences(of: budget(found)).filter(\.isExcess).map(\.figure)
  }

  @Test func oneOperatorMoreIsTooMuch() {
    #expect(excesses(work()).isEmpty)
    #expect(excesses(work(operators: 101)) == ["operators"])
    #expect(excesses(work(operators: 99)).isEmpty)
  }

  @Test func bytesHaveRoom() {
    #expect(excesses(work(bytes: 1050)).isEmpty)
    #expect(excesses(work(bytes: 1051)) == ["allocated_bytes"])
  }

  @Test func gainsAreTold() {
    let gains = budget(work()).differences(of: budget(work(operators: 99, bytes: 951)))
    #expect(gains.filter(\.isGain).map(\.figure) == ["operators"])
  }

  @Test func instructionsCountWhereBothHaveThem() {
    let limits = budget(work(), instructions: 1_000_000)
    func found(_ count: Int?) -> [String] {
      limits.differences(of: budget(work(), instructions: count)).filter(\.isExcess).map(\.figure)
    }
    #expect(found(nil).isEmpty)
    #expect(found(1_002_000).isEmpty)
    #expect(found(1_002_001) == ["instructions"])
  }

  @Test func aBudgetReadsBackFromItsJSON() throws {
    let written = budget(work(), instructions: 7)
    let read = try #require(Budget(written.json))
    #expect(read.json == written.json)
    #expect(read.workloads.first?.work == work())
    #expect(read.kernels == "avx512")
    let torn: JSONObject = [
      "libtorch": "2.13.0", "kernels": "avx512", "workloads": ["toy": ["operators": 1]],
    ]
    #expect(Budget(torn) == nil)
  }

  /// What the guard rests on: another process's or the same process's next step does the same work.
  @Test(arguments: ["mlp-vae-32", "gru-vae", "vq-vae"])
  func aStepDoesTheSameWorkAgain(_ name: String) throws {
    let workload = try #require(Workload.all.first { $0.name == name })
    let meter = try WorkMeter()
    let run = try TrainingRun(workload, batchSize: 4)
    let first = run.work(meter, after: 3)
    #expect(first.operators > 100)
    #expect(first.nodes > 10)
    var second = run.work(meter, after: 0)
    #expect(first.peakBytes <= second.peakBytes)
    second.peakBytes = first.peakBytes
    #expect(first == second)
    // It depends on the size of the batch, which tensors alone show.
    let larger = try TrainingRun(workload, batchSize: 8).work(meter, after: 3)
    #expect(larger.nodes == first.nodes)
    #expect(larger.allocatedBytes > first.allocatedBytes)
  }
}
