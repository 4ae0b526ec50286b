import LatentCore
import Runs

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Starting, stopping and throwing away.
enum JobsAPI {
  static func routes(_ studio: Studio) -> [Route] {
    [
      .get("/api/jobs") { _ in
        let jobs = studio.jobs.all().values.sorted { ($0.start, $0.name) > ($1.start, $1.name) }
        return .json(["jobs": .array(jobs.map { .object($0.json) })])
      },
      .get("/api/jobs/*") { try job(studio, $0) },
      .post("/api/jobs") { try train(studio, $0) },
      .post("/api/runs/*/stop", isSlow: false) { try stop(studio, $0) },
      .post("/api/runs/*/resume") { try resume(studio, $0) },
      .post("/api/runs/*/trash", isSlow: false) { try trash(studio, $0) },
      .post("/api/runs/*/restore", isSlow: false) { try restore(studio, $0) },
      .post("/api/papers/*/reproduce") { try reproduce(studio, $0) },
    ]
  }

  private static func job(_ studio: Studio, _ call: Call) throws -> Response {
    guard let job = studio.jobs.all()[call.path[2]] else { throw Problem.notFound("job") }
    var members = job.json
    members["log"] = .string(studio.jobs.log(job.name))
    if !job.isAlive, let output = studio.jobs.document(job.name) {
      members["result"] =
        (try? JSON5Reader.read(String(decoding: output, as: UTF8.self), source: "job")) ?? .null
    }
    return .json(.object(members))
  }

  private static func train(_ studio: Studio, _ call: Call) throws -> Response {
    let request = try JobRequest(try call.object(), studio.settings)
    if studio.folder.file([request.name, "run.json"]) != nil {
      throw Problem(
        409, "there is a run '\(request.name)' already", remedy: "choose another name")
    }
    let job = try studio.jobs.start(request.record)
    return try started(studio, job)
  }

  private static func resume(_ studio: Studio, _ call: Call) throws -> Response {
    let name = try studio.run(call.path[2])
    guard studio.folder.trainer(of: name) == nil else {
      throw Problem(409, "\(name) is at work", remedy: "there is nothing to resume")
    }
    let summary = RunSummary(name, in: studio.folder)
    let job = try studio.jobs.start(
      Job.Record(
        kind: .resume, name: name, recipe: summary?.record?.recipe,
        data: summary?.record?.data.source, words: ["resume", "\(studio.settings.runs)/\(name)"],
        start: Timestamp.now, process: 0))
    return try started(studio, job)
  }

  private static func reproduce(_ studio: Studio, _ call: Call) throws -> Response {
    let paper = call.path[2].uppercased()
    guard paper.utf8.count == 4, paper.hasPrefix("P"), Int(paper.dropFirst()) != nil else {
      throw Problem.notFound("paper '\(paper)'")
    }
    let body = try call.object()
    var words = ["reproduce", paper]
    let isQuick = body["quick"]?.truth ?? false
    if isQuick { words.append("--quick") }
    if let seeds = body["seeds"], seeds != .null {
      guard let count = seeds.whole, (1...1000).contains(count) else {
        throw Problem(422, "seeds: expected a whole number from 1 to 1000", remedy: "leave it out")
      }
      words += ["--seeds", "\(count)"]
    }
    let job = try studio.jobs.start(
      Job.Record(
        kind: .reproduce, name: "reproduce-\(paper)\(isQuick ? "-quick" : "")",
        recipe: "reproduce", data: paper, paper: paper, words: words, start: Timestamp.now,
        process: 0))
    return try started(studio, job)
  }

  /// Waits a moment, so that what the command refuses is said at once and leaves nothing behind.
  private static func started(_ studio: Studio, _ job: Job) throws -> Response {
    let deadline = ContinuousClock.now + .seconds(5)
    while ContinuousClock.now < deadline {
      if let now = studio.jobs.all()[job.name], !now.isAlive {
        guard let failure = now.failure else { break }
        studio.jobs.remove(job.name)
        throw Problem(422, failure.problem, remedy: failure.remedy)
      }
      if job.kind != .reproduce, studio.folder.trainer(of: job.name) != nil { break }
      if job.kind == .reproduce, ContinuousClock.now > deadline - .seconds(4) { break }
      usleep(20_000)
    }
    return .json(
      ["run": .string(job.name), "command": .string(job.command), "pid": .int(job.process)],
      status: 201)
  }

  private static func stop(_ studio: Studio, _ call: Call) throws -> Response {
    let name = call.path[2]
    let job = studio.jobs.all()[name].flatMap { $0.isAlive ? $0.process : nil }
    guard let process = studio.folder.trainer(of: name).flatMap({ $0 > 0 ? $0 : nil }) ?? job else {
      guard studio.folder.file([name, "run.json"]) != nil else {
        throw Problem.notFound("run '\(name)'")
      }
      throw Problem(409, "\(name) is not at work", remedy: "there is nothing to stop")
    }
    guard kill(pid_t(process), SIGTERM) == 0 else {
      throw Problem(
        409, "\(name) cannot be stopped: \(String(cString: strerror(errno)))",
        remedy: "stop it where it was started")
    }
    return .json([
      "run": .string(name), "status": "stopping", "command": .string("kill \(process)"),
    ])
  }

  private static func trash(_ studio: Studio, _ call: Call) throws -> Response {
    let name = call.path[2]
    defer { studio.runs.lookAgain() }
    let job = studio.jobs.all()[name]
    guard studio.folder.trainer(of: name) == nil, job?.isAlive != true else {
      throw Problem(409, "\(name) is at work", remedy: "stop it first")
    }
    guard studio.folder.file([name, "run.json"]) != nil else {
      guard job != nil else { throw Problem.notFound("run '\(name)'") }
      studio.jobs.remove(name)
      return .json(["run": .string(name), "command": .null])
    }
    let place = try TrashFolder(runs: studio.settings.runs, jobs: studio.jobs).put(name)
    return .json([
      "run": .string(name), "name": .string(name), "trash": .string(place),
      "command": .string(ShellLine.text(["mv", "\(studio.settings.runs)/\(name)", place])),
    ])
  }

  private static func restore(_ studio: Studio, _ call: Call) throws -> Response {
    let name = call.path[2]
    defer { studio.runs.lookAgain() }
    let place = try TrashFolder(runs: studio.settings.runs, jobs: studio.jobs).restore(name)
    return .json([
      "run": .string(name),
      "command": .string(ShellLine.text(["mv", place, "\(studio.settings.runs)/\(name)"])),
    ])
  }
}
