import Runs

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Hands the runs of a sweep to processes, so many at a time, until all came to an end or somebody stops it.
struct SweepSchedule {
  /// The sweep.
  let folder: SweepFolder
  /// The runs to be trained.
  let points: [SweepPoint]
  /// How many at a time.
  let jobs: Int
  /// Starts a process; throws `FileError`.
  let start: () throws -> SweepProcess
  /// Told what happens to which run.
  let observe: (SweepPoint, SweepAnswer) -> Void
  /// Called a few times a second.
  let tick: () -> Void

  /// Trains the runs; gives whether all were tried.
  ///
  /// A run that fails stops no other: a process that dies is replaced while there are runs to be trained. Once
  /// `isStopped` says so, runs at work are kept with their states and nothing more is begun. Throws `FileError`
  /// if no process can be started.
  func run(until isStopped: () -> Bool) throws -> Bool {
    var waiting = points[...]
    var processes: [SweepProcess] = []
    var isStopping = false
    while true {
      if !isStopping, isStopped() {
        isStopping = true
        for process in processes { process.hangUp() }
      }
      while !isStopping, processes.count < jobs, let next = waiting.first {
        do {
          let process = try start()
          waiting.removeFirst()
          process.give(next, in: folder)
          processes.append(process)
        } catch {
          guard !processes.isEmpty else { throw error }
          break
        }
      }
      guard !processes.isEmpty else { return waiting.isEmpty && !isStopping }
      listen(to: processes, isStopping ? nil : { waiting.popFirst() })
      for process in processes where process.isSilent {
        let point = process.point
        if let answer = process.end(), let point { observe(point, answer) }
      }
      processes.removeAll(where: \.isSilent)
      tick()
    }
  }

  /// Takes the answers of a tenth of a second; a process whose run has come to its end has `next` or ends.
  private func listen(to processes: [SweepProcess], _ next: (() -> SweepPoint?)?) {
    let places = processes.indices.flatMap { index in [(index, 0), (index, 1)] }
    var polled = places.map { index, place in
      pollfd(fd: processes[index].descriptors[place], events: Int16(POLLIN), revents: 0)
    }
    guard poll(&polled, nfds_t(polled.count), 100) > 0 else { return }
    for (found, (index, place)) in zip(polled, places) where found.revents != 0 {
      let process = processes[index]
      guard let point = process.point else {
        _ = process.read(from: place)
        continue
      }
      for answer in process.read(from: place) {
        observe(point, answer)
        guard answer.isLast else { continue }
        // A process that was asked to stop takes no other run.
        if answer != .interrupted, let next = next?() {
          process.give(next, in: folder)
        } else {
          process.hangUp()
        }
      }
    }
  }
}
