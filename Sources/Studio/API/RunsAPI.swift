import FoundationEssentials
import LatentCore
import Runs
import Synchronization

/// The list of runs, one run, its curves.
enum RunsAPI {
  static func routes(_ studio: Studio) -> [Route] {
    [
      .get("/api/runs") { try list(studio, $0) },
      .get("/api/runs/*", isSlow: true) { try run(studio, $0) },
      .get("/api/runs/*/curves") { try curves(studio, $0) },
    ]
  }

  private static func list(_ studio: Studio, _ call: Call) throws -> Response {
    let words = try (call.value("query") ?? "").lowercased().split(separator: " ")
    let status = try call.value("status").flatMap { $0.isEmpty ? nil : $0 }
    let recipe = try call.value("recipe").flatMap { $0.isEmpty ? nil : $0 }
    let limit = try call.number("limit", in: 1...1000, default: 100)
    let offset = try call.number("offset", in: 0...1_000_000_000, default: 0)
    let found = studio.runs.all().filter { run in
      if let status, run.status != status { return false }
      let record = run.summary?.record
      let own = record?.recipe ?? run.job?.recipe ?? ""
      if let recipe, own != recipe { return false }
      guard !words.isEmpty else { return true }
      let text = "\(run.name) \(own) \(record?.data.source ?? run.job?.data ?? "") \(run.status)"
        .lowercased()
      return words.allSatisfy { text.contains($0) }
    }
    let page = found.dropFirst(offset).prefix(limit)
    return .json(["runs": .array(page.map(\.json)), "total": .int(found.count)])
  }

  private static func run(_ studio: Studio, _ call: Call) throws -> Response {
    let name = call.path[2]
    guard let listed = studio.runs.run(name), case .object(var members) = listed.json else {
      throw Problem.notFound("run '\(name)'")
    }
    if let record = document(studio, [name, "run.json"])?.object {
      // The list's own members stand: a record does not know that its process was killed.
      for member in record.members where members[member.name] == nil {
        members[member.name] = member.value
      }
      members["dataset"] = record["data"]
    }
    members["command"] = .string(listed.job?.command ?? command(studio, name, members))
    members["figures"] = .array(
      studio.folder.names([name, "figures"]).filter { $0.hasSuffix(".png") }.map { .string($0) })
    members["hasReport"] = .bool(studio.folder.file([name, "report.html"]) != nil)
    members["evaluation"] = document(studio, [name, "evaluation.json"]) ?? .null
    members["capabilities"] = listed.summary == nil ? [] : capabilities(studio, name, listed.start)
    if let job = listed.job {
      members["log"] = .string(studio.jobs.log(job.name))
      if job.kind == .reproduce, !job.isAlive {
        add(claims: studio.jobs.document(job.name), to: &members)
      }
    }
    return .json(.object(members))
  }

  /// A JSON file of a run; nil if it is not there or does not read.
  static func document(_ studio: Studio, _ parts: [String]) -> JSONValue? {
    guard let file = studio.folder.file(parts), file.count <= 16 << 20 else { return nil }
    let text = String(decoding: file.tail(16 << 20), as: UTF8.self)
    return try? JSON5Reader.read(text, source: parts.joined(separator: "/"))
  }

  private static func command(_ studio: Studio, _ name: String, _ members: JSONObject) -> String {
    if case .array(let words)? = members["commandLine"], words.count > 1 {
      return ShellLine.text(["latent"] + words.dropFirst().compactMap(\.text))
    }
    return ShellLine.text(["latent", "train", "--like", "\(studio.settings.runs)/\(name)"])
  }

  /// What the run's model can do; nothing where it cannot be opened.
  private static func capabilities(_ studio: Studio, _ run: String, _ start: String) -> JSONValue {
    if let known = studio.capabilities.withLock({ $0[[run, start]] }) { return known }
    guard let bytes = try? RoomAPI.answer(studio, run: run, "about", [:]),
      let answer = try? JSON5Reader.object(String(decoding: bytes, as: UTF8.self), source: "about")
    else { return [] }
    let found = answer["capabilities"] ?? []
    studio.capabilities.withLock { known in
      if known.count >= 1000 { known = [:] }
      known[[run, start]] = found
    }
    return found
  }

  /// A measured paper's claims where a run has its metrics.
  private static func add(claims output: [UInt8]?, to members: inout JSONObject) {
    guard let output,
      let result = try? JSON5Reader.read(String(decoding: output, as: UTF8.self), source: "result")
    else { return }
    var metrics = JSONObject()
    for claim in result["claims"]?.elements ?? [] {
      guard let name = claim["name"]?.text, claim["measured"]?.number != nil else { continue }
      metrics[name] = [
        "value": claim["measured"] ?? .null, "unit": claim["unit"] ?? "",
        "interval": claim["interval"] ?? .null,
      ]
    }
    members["evaluation"] = ["metrics": .object(metrics)]
    members["result"] = result
  }

  private static func curves(_ studio: Studio, _ call: Call) throws -> Response {
    let run = call.path[2]
    let points = try call.number("points", in: 2...20_000, default: 500)
    guard let file = studio.folder.file([run, "events.jsonl"]) else {
      guard studio.runs.run(run) != nil else { throw Problem.notFound("run '\(run)'") }
      return .json(["terms": [:]])
    }
    return .json(Curves(file, points: points).json)
  }
}
