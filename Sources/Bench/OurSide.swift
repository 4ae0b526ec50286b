public import LatentCore
import LatentNN
import Runs
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension BenchTask {
  /// Does the task with this package and tells what the orchestrating process needs.
  ///
  /// A check writes `start` and tells the `losses` of its steps; a timing tells `milliseconds`; a count, which is for training
  /// alone, tells the `work` of a step. All tell `peak_mb`, the process's largest resident set. Throws what recipes and files
  /// throw.
  public func answer() throws -> JSONObject {
    guard let workload = Workload.all.first(where: { $0.name == workload }) else {
      preconditionFailure("a task names the workload '\(workload)', which there is not")
    }
    var answer: JSONObject = [:]
    switch workload.work {
    case .training: try train(workload, &answer)
    case .sampling(let count): try sample(workload, count, &answer)
    case .firstSample: try sample(workload, 1, &answer)
    case .sweep(let betas, let seeds, let steps):
      let run = SweepRun(workload, betas: betas, seeds: seeds, steps: steps)
      precondition(kind == .check, "a sweep is timed as the command: this is a bug")
      let first = try TrainingRun(workload)
      try first.write(to: start)
      name(first.names, &answer)
      answer["losses"] = .array(try run.check(Self.checkedSteps).map { .double($0) })
    case .sprites(let count):
      let run = try SpriteRun(count)
      try time(&answer, write: { try run.write(to: start) }) { run.batch() }
    case .digits:
      let run = DigitsRun(start)
      try time(&answer, write: { try DigitsRun.write(to: start) }) { run.epoch() }
    }
    answer["peak_mb"] = .double(Double(Memory.peakResident ?? 0) / 1_048_576)
    return answer
  }

  /// Answers a check by what `work` gives after `write`, a timing by the times of `work`.
  private func time(
    _ answer: inout JSONObject, write: () throws -> Void, _ work: () -> [Double]
  ) throws {
    if kind == .check {
      try write()
      name(([], []), &answer)
      answer["losses"] = .array(work().map { .double($0) })
    } else {
      answer["milliseconds"] = .array(measured(seconds: seconds) { _ = work() }.map { .double($0) })
    }
  }

  private func name(_ names: (parameters: [String], buffers: [String]), _ answer: inout JSONObject)
  {
    answer["parameters"] = .array(names.parameters.map { .string($0) })
    answer["buffers"] = .array(names.buffers.map { .string($0) })
  }

  private func train(_ workload: Workload, _ answer: inout JSONObject) throws {
    // Before the first tensor, as it counts what is alive.
    let meter = kind == .count ? try WorkMeter() : nil
    let axis = point.flatMap { point in GrowthAxis.all.first { $0.name == point.axis } }
    let change = point.flatMap { axis?.change($0.value) }
    let run = try TrainingRun(
      workload, settings: change?.settings ?? [:],
      precision: Precision(rawValue: precision) ?? .float32, batchSize: change?.batchSize)
    if let meter {
      answer["work"] = .object(run.work(meter, after: stepsBefore).json)
      return
    }
    guard kind == .check else {
      answer["milliseconds"] = .array(run.times(seconds: seconds).map { .double($0) })
      return
    }
    try run.write(to: start)
    answer["losses"] = .array((0..<Self.checkedSteps).map { _ in .double(run.step()) })
    name(run.names, &answer)
    answer["gemm_gflops"] = .double(peakRate())
  }

  private func sample(_ workload: Workload, _ count: Int, _ answer: inout JSONObject) throws {
    let run = try SamplingRun(workload)
    if kind == .check {
      try run.write(to: start)
      name(run.names, &answer)
      answer["losses"] = [.double(run.mean(of: 16))]
    } else if case .firstSample = workload.work {
      try run.load(start)
      _ = run.mean(of: 1)
      answer["first_at"] = .double(monotonicSeconds())
    } else {
      try run.load(start)
      let times = measured(seconds: seconds) { _ = run.mean(of: count) }
      answer["milliseconds"] = .array(times.map { .double($0) })
    }
  }
}

/// The seconds of the system's monotonic clock, which all processes of a machine share.
package func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// The rate of a product of 2048 × 2048 matrices in float32, in 10⁹ operations a second: the best of twenty.
func peakRate() -> Double {
  let size = 2048
  let generator = Generator(seed: 0)
  let (a, b) = (
    Tensor.randn([size, size], using: generator), Tensor.randn([size, size], using: generator)
  )
  var best = Double.infinity
  for _ in 0..<20 {
    let begin = ContinuousClock.now
    _ = matmul(a, b)
    best = min(best, (ContinuousClock.now - begin) / .seconds(1))
  }
  let operations = 2 * Double(size) * Double(size) * Double(size)
  return operations / best / 1e9
}
