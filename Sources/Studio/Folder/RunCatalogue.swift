import Dispatch
import Runs
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// All runs of the folder as they are now, newest first.
///
/// A run is read again only when its files have changed. Looking takes some ten milliseconds for ten
/// thousand folders, so that it is done at most so often that it costs a twentieth of one processor.
final class RunCatalogue: Sendable {
  private struct Known: Sendable {
    var stamp: FileStamp
    var summary: RunSummary
  }

  private struct State {
    var known: [String: Known] = [:]
    var listed: [ListedRun] = []
    var lastLook: ContinuousClock.Instant?
    var lastGlance: ContinuousClock.Instant?
    var generation = 0
    var cost = Duration.zero
  }

  let folder: ServedFolder
  let jobs: JobFolder
  /// Answers within it are the same.
  private static let pause = Duration.milliseconds(200)
  private static let files = ["run.json", "events.jsonl"]
  private let state = Mutex(State())

  init(_ folder: ServedFolder, jobs: JobFolder) {
    self.folder = folder
    self.jobs = jobs
  }

  /// The runs at the last look, which may be some time ago where there are very many; how those at work stand is as of now.
  func all() -> [ListedRun] { snapshot().runs }

  /// The runs, and a number that changes with them.
  func snapshot() -> (runs: [ListedRun], generation: Int) {
    state.withLock { state in
      let clock = ContinuousClock()
      let begin = clock.now
      if let last = state.lastGlance, last.duration(to: begin) < Self.pause {
        return (state.listed, state.generation)
      }
      if let last = state.lastLook, last.duration(to: begin) < state.cost * 20 {
        glance(&state)
      } else {
        look(&state)
        state.lastLook = clock.now
        state.cost = begin.duration(to: clock.now)
      }
      state.lastGlance = clock.now
      state.generation += 1
      return (state.listed, state.generation)
    }
  }

  /// Lets the next question look at the folder, as after a run was moved away or back.
  func lookAgain() {
    state.withLock { ($0.lastGlance, $0.lastLook) = (nil, nil) }
  }

  /// One run as of now; nil if there is none.
  func run(_ name: String) -> ListedRun? {
    let job = jobs.all()[name]
    if let summary = RunSummary(name, in: folder) { return listed(summary, job) }
    return job.flatMap { listed(waiting: $0) }
  }

  /// Looks at the runs at work alone, and at jobs that were started since.
  private func glance(_ state: inout State) {
    let jobs = jobs.all()
    let known = Set(state.listed.map(\.name))
    for (place, run) in state.listed.enumerated()
    where run.status == "running" || run.status == "starting" {
      let now = RunSummary(run.name, in: folder).map { listed($0, jobs[run.name]) }
      if let now = now ?? jobs[run.name].flatMap({ listed(waiting: $0) }) {
        state.listed[place] = now
      }
    }
    let new = jobs.values.filter { !known.contains($0.name) }.compactMap { job in
      RunSummary(job.name, in: folder).map { listed($0, job) } ?? listed(waiting: job)
    }
    if !new.isEmpty { state.listed = Self.sorted(state.listed + new) }
  }

  private static func sorted(_ runs: [ListedRun]) -> [ListedRun] {
    runs.sorted { ($0.start, $0.name) > ($1.start, $1.name) }
  }

  private func look(_ state: inout State) {
    var found: [String: Known] = [:]
    var changed: [(name: String, stamp: FileStamp)] = []
    folder.forEachFolder { name, descriptor in
      guard let stamp = FileStamp(Self.files, below: descriptor, now: time(nil)) else { return }
      if let known = state.known[name], known.stamp == stamp {
        found[name] = known
      } else {
        changed.append((name, stamp))
      }
    }
    // A first look at thousands of runs is worth all processors.
    let (folder, wanted) = (folder, changed)
    let read = Mutex<[(Int, RunSummary)]>([])
    DispatchQueue.concurrentPerform(iterations: (wanted.count + 31) / 32) { part in
      let places = part * 32..<min(wanted.count, part * 32 + 32)
      let some = places.compactMap { place in
        RunSummary(wanted[place].name, in: folder).map { (place, $0) }
      }
      read.withLock { $0 += some }
    }
    for (place, summary) in read.withLock({ $0 }) {
      found[summary.name] = Known(stamp: wanted[place].stamp, summary: summary)
    }
    state.known = found
    let jobs = jobs.all()
    var listed = found.values.map { self.listed($0.summary, jobs[$0.summary.name]) }
    for job in jobs.values where found[job.name] == nil {
      if let waiting = self.listed(waiting: job) { listed.append(waiting) }
    }
    state.listed = Self.sorted(listed)
  }

  private func listed(_ summary: RunSummary, _ job: Job?) -> ListedRun {
    guard let record = summary.record else {
      return ListedRun(
        name: summary.name, summary: summary, status: "damaged", process: nil, job: job)
    }
    var (status, process) = (record.status.rawValue, Int?.none)
    if record.status == .running {
      process = folder.trainer(of: summary.name)
      if process == nil { status = "killed" }
    }
    // A job that was resumed has the record of before until it has begun.
    if status != "running", let job, job.isAlive {
      process = job.process
      if status != "finished" || job.kind == .resume { status = "starting" }
    }
    return ListedRun(
      name: summary.name, summary: summary, status: status, process: process, job: job)
  }

  /// A job whose folder is not there yet, or never came; nil for one whose run was moved away.
  private func listed(waiting job: Job) -> ListedRun? {
    let isMeasuring = job.kind == .reproduce
    guard isMeasuring || job.isAlive || job.failure != nil else { return nil }
    let ended = job.failure == nil ? "finished" : "failed"
    return ListedRun(
      name: job.name, summary: nil,
      status: job.isAlive ? (isMeasuring ? "running" : "starting") : ended,
      process: job.isAlive ? job.process : nil, job: job)
  }
}
