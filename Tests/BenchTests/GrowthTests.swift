import LatentCore
import Testing
import Torch

@testable import Bench

/// Curves of growth.
@Suite struct GrowthTests {
  @Test func aPowerHasItsExponentAsSlope() {
    for power in [0.0, 0.5, 1, 2] {
      let points = [1.0, 2, 8, 32].map { x in
        (x: x, y: 3 * (0..<Int(2 * power)).reduce(1.0) { y, _ in y * x.squareRoot() })
      }
      #expect(abs(powerSlope(points) - power) < 1e-12)
    }
    #expect(powerSlope([(1, 1)]).isNaN)
  }

  @Test func theQuickestTenthIsOneStepAtLeast() {
    #expect(quickestTenth([3, 1, 2]) == 1)
    #expect(quickestTenth((1...20).map { Double(21 - $0) }) == 1.5)
  }

  @Test(arguments: GrowthAxis.all.map(\.name))
  func theLeastPlaceOfAnAxisTrains(_ name: String) throws {
    let axis = try #require(GrowthAxis.all.first { $0.name == name })
    #expect(axis.values == axis.values.sorted() && axis.values.count >= 6)
    let workload = try #require(Workload.all.first { $0.name == axis.workload })
    func bytes(_ value: Int) throws -> Int {
      let change = axis.change(value)
      let meter = try WorkMeter()
      let run = try TrainingRun(
        workload, settings: change.settings, batchSize: change.batchSize ?? 2)
      let work = run.work(meter, after: 1)
      #expect(run.step().isFinite)
      return work.allocatedBytes
    }
    // What is said to grow does.
    #expect(try bytes(axis.values[1]) > bytes(axis.values[0]))
  }

  @Test func theSlopeIsThatOfTheUpperHalf() throws {
    let axis = GrowthAxis.all[0]
    let curve = GrowthCurve(
      axis,
      [1, 2, 4, 8].map { value in
        var work = Work()
        work.peakBytes = value < 4 ? 1000 : value * value
        return .init(
          value: value, milliseconds: Double(max(value, 4)), work: work, peakMegabytes: 1)
      })
    #expect(abs(curve.timeSlope - 1) < 1e-12)
    #expect(abs(curve.memorySlope - 2) < 1e-12)
    #expect(curve.json["points"]?.elements?.count == 4)
  }

  @Test func aTaskKeepsItsPlace() {
    var task = BenchTask(
      .count, of: "iwae", start: "/a", seconds: 1, threads: 1,
      point: GrowthPoint(axis: "draws", value: 8))
    task.stepsBefore = 9
    #expect(BenchTask(task.json) == task)
  }
}
