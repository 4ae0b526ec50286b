import Bench
import LatentCore
import Torch

/// The curves of growth: each place in processes of its own, so that one's memory is not another's.
struct GrowthRun {
  let rounds: Int
  let seconds: Double
  let threads: Int
  let note: (String) -> Void

  /// Times and counts a step at each place of an axis; throws `CommandError` with exit code 3 if a process fails.
  func curve(_ axis: GrowthAxis) throws -> GrowthCurve {
    note("\(axis.name): \(axis.values.count) places")
    return try BenchFolder.with { folder in
      // In rounds over the whole axis, so that a busy spell does not fall on one place alone.
      var times = [[Double]](repeating: [], count: axis.values.count)
      var peaks = [Double](repeating: 0, count: axis.values.count)
      for _ in 0..<rounds {
        for (place, value) in axis.values.enumerated() {
          let answer = try OwnProcess.run(
            task(.time, axis, value, folder), file: "\(folder)/task.json"
          ).answer
          times[place] += answer["milliseconds"]?.elements?.compactMap(\.number) ?? []
          peaks[place] = max(peaks[place], answer["peak_mb"]?.number ?? .nan)
        }
      }
      let points = try axis.values.enumerated().map { place, value in
        GrowthCurve.Point(
          value: value, milliseconds: quickestTenth(times[place]),
          work: try OwnProcess.work(
            task(.count, axis, value, folder), file: "\(folder)/task.json"),
          peakMegabytes: peaks[place])
      }
      return GrowthCurve(axis, points)
    }
  }

  private func task(
    _ kind: BenchTask.Kind, _ axis: GrowthAxis, _ value: Int, _ folder: String
  ) -> BenchTask {
    BenchTask(
      kind, of: axis.workload, start: "\(folder)/start", seconds: seconds, threads: threads,
      point: GrowthPoint(axis: axis.name, value: value))
  }
}
