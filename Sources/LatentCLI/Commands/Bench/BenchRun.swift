import Bench
import LatentCore
import Runs
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// All sides of the workloads in turn, each in processes of its own.
struct BenchRun {
  let peers: BenchPeers
  let rounds: Int
  let seconds: Double
  let threads: Int
  let precision: String
  let note: (String) -> Void

  /// What JAX has no counterpart of.
  private static let noBFloat16 = "JAX has no autocast, so it only takes part in float32"

  /// A peer and how it is started.
  private struct Way: Hashable {
    let side: String
    var options: [String] = []
    var environment: [String] = []
    var words = "as installed"
  }

  /// Checks that all sides compute the same, chooses the peers' ways, and times everything.
  ///
  /// Throws `CommandError` with exit code 1 for sides that differ, and what files throw.
  func compare(_ workload: Workload) throws -> Comparison {
    try BenchFolder.with { try compare(workload, in: $0) }
  }

  private func compare(_ workload: Workload, in folder: String) throws -> Comparison {
    var result = Comparison(workload)
    result.load = machineLoad()
    let base = BenchTask(
      .check, of: workload.name, start: "\(folder)/start.safetensors", seconds: seconds,
      threads: threads, precision: precision)
    let ours = try check(base, workload, folder, &result)
    var ways: [Way] = []
    for side in ["pytorch-eager", "pytorch-compile", "jax"] {
      do {
        if let reason = workload.absent[side] { throw Absence(reason: reason) }
        if side == "jax", precision != "float32" { throw Absence(reason: Self.noBFloat16) }
        try check(side, base, workload, ours, folder, &result)
        ways.append(try quickest(side, base, workload, ours, folder))
      } catch let absence as Absence {
        note("\(workload.name): \(side) is left out: \(absence.reason)")
        result.peers.append((side, .absent(reason: absence.reason)))
      }
    }
    var times = [SideTimes](repeating: SideTimes(), count: ways.count)
    for round in 1...rounds {
      note("\(workload.name): round \(round) of \(rounds)")
      let own = try timing(base, workload, folder, round)
      result.ours.add(
        own.milliseconds, peakMegabytes: own.peak)
      for (index, way) in ways.enumerated() {
        let found = try timing(way, base, workload, ours, folder)
        times[index].add(found.milliseconds, peakMegabytes: found.peak)
      }
    }
    for (way, times) in zip(ways, times) {
      result.peers.append((way.side, .timed(times, variant: way.words)))
    }
    let order = ["pytorch-eager", "pytorch-compile", "jax"]
    result.peers.sort {
      (order.firstIndex(of: $0.name) ?? 0) < (order.firstIndex(of: $1.name) ?? 0)
    }
    return result
  }

  /// A side that cannot take part.
  private struct Absence: Error {
    let reason: String
  }

  // MARK: Checks

  /// Our losses, names and peak rate; writes the file that all others start from.
  private func check(
    _ task: BenchTask, _ workload: Workload, _ folder: String, _ result: inout Comparison
  ) throws -> JSONObject {
    let answer = try own(task).answer
    result.peakRate = answer["gemm_gflops"]?.number
    note("\(workload.name): checking that all sides compute the same")
    return answer
  }

  private func check(
    _ side: String, _ task: BenchTask, _ workload: Workload, _ ours: JSONObject,
    _ folder: String, _ result: inout Comparison
  ) throws {
    let answer = try peer(Way(side: side), task, workload, ours, folder).answer
    if let operations = answer["flops"]?.number { result.operations = operations }
    let both = [ours, answer].map { $0["losses"]?.elements?.compactMap(\.number) ?? [] }
    let limit = precision == "float32" ? 1e-4 : 1e-2
    guard let difference = Comparison.difference(both[0], both[1]), difference <= limit else {
      throw CommandError.failed(
        "\(workload.name), \(side): expected the losses \(both[0]) to \(limit) relative, found "
          + "\(both[1])",
        remedy: "the two sides do not compute the same; this is a fault of the benchmark")
    }
    note(
      "\(workload.name): \(side) agrees, largest relative difference "
        + NumberText.scientific(difference, digits: 2))
  }

  // MARK: Ways

  /// The ways in which a peer may be set, the plain one first.
  private func ways(_ side: String, _ workload: Workload) -> [Way] {
    var ways = [Way(side: side)]
    #if canImport(Glibc)
      let keeps =
        "GLIBC_TUNABLES=glibc.malloc.mmap_threshold=1073741824:"
        + "glibc.malloc.trim_threshold=1073741824:glibc.malloc.top_pad=16777216"
      if side != "jax" && !workload.work.isOnce {
        ways.append(Way(side: side, environment: [keeps], words: "glibc keeps blocks"))
      }
    #endif
    let plain = ways
    for (option, words) in workload.peerOptions(side) {
      ways += plain.map { way in
        Way(
          side: side, options: [option], environment: way.environment,
          words: "\(way.words), \(words)")
      }
    }
    return ways
  }

  private func quickest(
    _ side: String, _ task: BenchTask, _ workload: Workload, _ ours: JSONObject,
    _ folder: String
  ) throws -> Way {
    let ways = ways(side, workload)
    if ways.count == 1 { return ways[0] }
    var best = (way: ways[0], time: Double.infinity)
    var brief = task
    brief.seconds = min(1, seconds)
    for way in ways {
      let time = median(try timing(way, brief, workload, ours, folder).milliseconds)
      if time < best.time { best = (way, time) }
    }
    note("\(workload.name): \(side) is quickest \(best.way.words)")
    return best.way
  }

  // MARK: Processes

  private typealias Timing = (milliseconds: [Double], peak: Double)

  private func timing(
    _ task: BenchTask, _ workload: Workload, _ folder: String, _ round: Int
  ) throws -> Timing {
    if case .sweep(let betas, let seeds, let steps) = workload.work {
      let run = SweepRun(workload, betas: betas, seeds: seeds, steps: steps)
      return try timing(run, folder, round)
    }
    let (answer, begin) = try own(task.timed)
    return read(answer, begin)
  }

  /// A sweep is the command itself, with all that it writes.
  private func timing(_ run: SweepRun, _ folder: String, _ round: Int) throws -> Timing {
    let data = "\(folder)/examples.npy"
    try run.writeExamples(to: data)
    let words = run.words(data: data, folder: folder, name: "round-\(round)", jobs: threads)
    let outcome = try BenchProcess.run(PackageIdentity.program, words)
    guard outcome.code == 0 else {
      throw CommandError.environment(
        "latent sweep ended with code \(outcome.code): \(outcome.lastError)",
        remedy: "run latent doctor")
    }
    return ([(outcome.endedAt - outcome.startedAt) * 1e3], outcome.peakMegabytes)
  }

  private func timing(
    _ way: Way, _ task: BenchTask, _ workload: Workload, _ ours: JSONObject, _ folder: String
  ) throws -> Timing {
    let (answer, begin) = try peer(way, task.timed, workload, ours, folder)
    return read(answer, begin)
  }

  private func read(_ answer: JSONObject, _ begin: Double) -> Timing {
    var times = answer["milliseconds"]?.elements?.compactMap(\.number) ?? []
    if let first = answer["first_at"]?.number { times = [(first - begin) * 1e3] }
    return (times, answer["peak_mb"]?.number ?? .nan)
  }

  /// Our side's answer, and when its process started.
  private func own(_ task: BenchTask) throws -> OwnProcess.Answer {
    try OwnProcess.run(task, file: "\(task.start).task.json")
  }

  private func peer(
    _ way: Way, _ task: BenchTask, _ workload: Workload, _ ours: JSONObject, _ folder: String
  ) throws -> (answer: JSONObject, begin: Double) {
    let file = "\(folder)/\(way.side).task.json"
    var members = task.json
    for member in workload.peerMembers.members { members[member.name] = member.value }
    members["noise_file"] = .string("\(folder)/noise.safetensors")
    for name in ["parameters", "buffers"] { members[name] = ours[name] }
    try AtomicFile.write(JSONValue.object(members).text(), to: file)
    let environment = way.environment + ["TORCHINDUCTOR_CACHE_DIR=\(peers.cache)"]
    let outcome = try BenchProcess.run(
      "/usr/bin/env",
      environment + [peers.python, peers.script, way.side, file] + way.options)
    guard outcome.code == 0, let answer = OwnProcess.object(outcome.output) else {
      throw Absence(reason: "it ended with code \(outcome.code): \(outcome.lastError)")
    }
    return (answer, outcome.startedAt)
  }
}
