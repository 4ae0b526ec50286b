import Evaluation
import LatentCore
import Runs
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A sweep in its folder, held by this process alone: trains what is left of it and says what came out.
struct Sweep {
  private let folder: SweepFolder
  private let record: SweepRecord
  private let points: [SweepPoint]
  private let jobs: Int
  private let withReports: Bool
  private let selection: Selection
  /// The metric that the recipe is about, where it has a bound on the likelihood.
  private let leading: String?
  private let console: Console
  private let lock: RunLock

  /// Takes the sweep; throws `FileError` while another process has it. `method` is one of the sweep's.
  init(
    _ folder: SweepFolder, record: SweepRecord, jobs: Int, withReports: Bool, method: any Method,
    console: Console
  ) throws {
    (self.folder, self.record, self.jobs) = (folder, record, jobs)
    points = record.plan.points
    (self.withReports, self.console) = (withReports, console)
    selection = method.selection
    leading = (method as? any Method & Scores)?.bound.lowercased()
    lock = try folder.lock()
  }

  /// Trains, shows and reports; throws `CommandError` (exit code 1) if runs failed, and what files throw.
  func run() throws {
    StopRequest.listen()
    // A process that dies while it is given a task must not end this one.
    signal(SIGPIPE, SIG_IGN)
    var left: [SweepPoint] = []
    for point in points {
      let state = try folder.state(of: point, in: record)
      if state != .finished { left.append(point) }
      if state == .absent { folder.clearUnbegun(point) }
    }
    let before = points.count - left.count
    console.note("sweep \(folder.path)")
    console.note(
      "\(NumberText.grouped(points.count)) runs"
        + (before > 0 ? ", \(before) finished before" : "")
        + (left.isEmpty
          ? "" : ", \(min(jobs, left.count)) at a time, threads of each: \(record.threads)"))
    let progress = SweepProgress(console, total: points.count, finished: before)
    let schedule = SweepSchedule(
      folder: folder, points: left, jobs: jobs, start: start,
      observe: { point, answer in
        progress.take(answer, of: point) { numbers(of: point) }
      }, tick: progress.draw)
    let isWhole = try schedule.run(until: { StopRequest.isMade })
    progress.end()
    try finish(progress, isWhole: isWhole && progress.interrupted.isEmpty)
  }

  private func start() throws -> SweepProcess {
    let plan = record.plan
    var words = [
      "sweep", plan.recipe, "--data=\(plan.data)", "--device", plan.device, "--threads",
      "\(record.threads)",
    ]
    if withReports { words.append("--reports") }
    return try SweepProcess(PackageIdentity.program, words, for: folder)
  }

  private func numbers(of point: SweepPoint) -> String {
    let found = metrics(of: point) ?? [:]
    let name = leading.flatMap { found[$0] == nil ? nil : $0 } ?? found.keys.sorted().first
    return name.flatMap { name in found[name].map { "\(name) \($0.value.fixed(3)) \($0.unit)" } }
      ?? "finished"
  }

  /// What was measured of a run that is finished, nil for others.
  private func metrics(of point: SweepPoint) -> [String: Estimate]? {
    guard (try? folder.state(of: point, in: record)) == .finished else { return nil }
    return try? RunFolder(existing: folder.path(of: point)).evaluation()?.metrics
  }

  private func finish(_ progress: SweepProgress, isWhole: Bool) throws {
    let runs = points.map { point in
      SweptRun(point: point, path: folder.path(of: point), metrics: metrics(of: point))
    }
    let page = try SweepPage.write(runs, to: folder, leading: selection.term)
    let view = SweepView(SweepResult(runs, leading: leading))
    if page != nil { view.show(on: console) }
    if let page { console.print("report \(page)") }
    let finished = runs.count { $0.metrics != nil }
    if finished > 1 { console.print("tests of differences: latent compare \(folder.path)/*/") }
    let failed = progress.failures
    console.report([
      "sweep": .string(folder.path),
      "status": .string(!isWhole ? "interrupted" : failed.isEmpty ? "finished" : "failed"),
      "recipe": .string(record.plan.recipe), "data": .string(record.plan.data),
      "jobs": .int(jobs), "threads": .int(record.threads), "runs": .int(runs.count),
      "finished": .int(finished), "report": page.map { .string($0) } ?? .null,
      "failed": .array(
        failed.map { point, failure in
          [
            "run": .string(folder.path(of: point)), "reason": .string(failure.reason),
            "remedy": .string(failure.remedy),
          ]
        }), "choices": view.groups,
    ])
    if !isWhole {
      console.note("interrupted, go on with: latent sweep --resume \(folder.path)")
    }
    guard let first = failed.first else { return }
    if failed.count > 1 {
      for (point, failure) in failed { console.note("failed \(point.label): \(failure.reason)") }
    }
    throw CommandError.failed(
      "\(failed.count) of \(runs.count) runs failed; \(first.point.label): \(first.failure.reason)",
      remedy: first.failure.remedy)
  }
}
