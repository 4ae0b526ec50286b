import Foundation
import LatentCore
import Testing
import _TestSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The studio as a process of its own, with real jobs.
@Suite(.serialized, .enabled(if: LatentProcess.program != nil, "latent is not beside the tests"))
struct StudioProcessTests {
  /// A studio at work, and questions to it.
  private final class Studio {
    let process: LatentProcess
    let port: Int
    let token: String

    init(in folder: String, output: String) throws {
      process = try LatentProcess(
        ["studio", "--runs", "runs", "--port", "0"], in: folder,
        program: nil, errorFile: output)
      var text = ""
      #expect(
        eventually {
          text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
          return text.contains("Ctrl-C")
        })
      let address = try #require(text.split(separator: " ").first { $0.hasPrefix("http") })
      let parts = address.split(separator: "?token=")
      port = try #require(Int(parts[0].dropLast().split(separator: ":").last ?? ""))
      token = String(try #require(parts.last?.prefix(64)))
    }

    /// One request as the page makes it, and the document of its answer.
    func ask(_ path: String, _ body: String? = nil) throws -> (status: Int, document: JSONValue) {
      var head = "\(body == nil ? "GET" : "POST") \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n"
      head += "Authorization: Bearer \(token)\r\nConnection: close\r\n"
      if let body {
        head += "Origin: http://127.0.0.1:\(port)\r\nContent-Type: application/json\r\n"
        head += "Content-Length: \(body.utf8.count)\r\n"
      }
      let client = try #require(RawClient(port: port))
      client.send(Array("\(head)\r\n\(body ?? "")".utf8))
      let answer = try #require(client.readToEnd().flatMap(RawResponse.init))
      return (answer.status, (try? JSON5Reader.read(answer.text, source: path)) ?? .null)
    }

    func statuses() throws -> [String: String] {
      let rows = try ask("/api/runs").document["runs"]?.elements ?? []
      return Dictionary(
        uniqueKeysWithValues: rows.map { ($0["name"]?.text ?? "", $0["status"]?.text ?? "") })
    }

    func pid(_ run: String) throws -> pid_t {
      pid_t(try ask("/api/runs/\(run)").document["pid"]?.whole ?? 0)
    }
  }

  private static let job =
    "{recipe: 'vae', data: 'digits', settings: {hidden: [8], latent: 2, 'checkpoint-seconds': 0.2}, "
    + "options: {minutes: 5, threads: 1, name: 'NAME'}}"

  private func withStudio(_ body: (String, Studio) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(
        atPath: "\(folder)/runs", withIntermediateDirectories: true)
      let studio = try Studio(in: folder, output: "\(folder)/first")
      defer {
        studio.process.signal(SIGKILL)
        _ = try? studio.process.wait()
      }
      try body(folder, studio)
    }
  }

  @Test func tenJobsOutliveTheStudioAndAreFoundAgain() throws {
    try withStudio { folder, studio in
      let names = (0..<10).map { "job-\($0)" }
      for name in names {
        let answer = try studio.ask("/api/jobs", Self.job.replacing("NAME", with: name))
        #expect(answer.status == 201 && answer.document["run"]?.text == name)
      }
      var pids: [pid_t] = []
      defer { for pid in pids where pid > 0 { kill(pid, SIGKILL) } }
      #expect(
        eventually { (try? studio.statuses().values.allSatisfy { $0 == "running" }) ?? false })
      pids = try names.map { try studio.pid($0) }
      #expect(Set(pids).count == 10 && pids.allSatisfy { $0 > 0 })
      studio.process.signal(SIGKILL)
      _ = try studio.process.wait()
      #expect(pids.allSatisfy { kill($0, 0) == 0 })

      let second = try Studio(in: folder, output: "\(folder)/second")
      defer {
        second.process.signal(SIGTERM)
        #expect((try? second.process.wait().code) == 0)
      }
      #expect(try names.map { try second.pid($0) } == pids)
      // A job that is killed is shown as such; the others go on.
      kill(pids[3], SIGKILL)
      #expect(eventually { (try? second.statuses()["job-3"]) == "killed" })
      #expect(try second.statuses().values.filter { $0 == "running" }.count == 9)
      // Stopped, resumed, stopped again, thrown away, brought back.
      #expect(try second.ask("/api/runs/job-4/stop", "{}").status == 200)
      #expect(eventually { (try? second.statuses()["job-4"]) == "interrupted" })
      for name in ["job-3", "job-4"] {
        #expect(try second.ask("/api/runs/\(name)/resume", "{}").status == 201)
        #expect(eventually { (try? second.statuses()[name]) == "running" })
        pids.append(try second.pid(name))
        #expect(try second.ask("/api/runs/\(name)/trash", "{}").status == 409)
        #expect(try second.ask("/api/runs/\(name)/resume", "{}").status == 409)
        #expect(try second.ask("/api/runs/\(name)/stop", "{}").status == 200)
        #expect(eventually { (try? second.statuses()[name]) == "interrupted" })
      }
      // Its process writes its last words after the record.
      #expect(eventually { (try? second.ask("/api/runs/job-4/trash", "{}").status) == 200 })
      #expect(try second.statuses()["job-4"] == nil)
      #expect(try second.ask("/api/runs/job-4/restore", "{}").status == 200)
      #expect(eventually { (try? second.statuses()["job-4"]) == "interrupted" })
      for name in names where try second.statuses()[name] == "running" {
        _ = try second.ask("/api/runs/\(name)/stop", "{}")
      }
      #expect(eventually { (try? !second.statuses().values.contains("running")) ?? false })
    }
  }

  @Test func whatTheCommandRefusesIsSaidInItsWords() throws {
    try withStudio { folder, studio in
      let answer = try studio.ask(
        "/api/jobs", "{recipe: 'vae', data: 'digits', settings: {bta: 1}}")
      #expect(answer.status == 422)
      #expect(answer.document["error"]?["problem"]?.text?.contains("unknown key 'bta'") == true)
      #expect(answer.document["error"]?["remedy"]?.text?.contains("'beta'") == true)
      let other = try studio.ask("/api/jobs", "{recipe: 'vqq', data: 'digits'}")
      #expect(other.status == 422)
      #expect(try studio.ask("/api/jobs", "{recipe: 'vae', data: '/etc/passwd'}").status == 422)
      #expect(try studio.ask("/api/papers/P001/reproduce", "{quick: true}").status == 422)
      #expect(try studio.statuses().isEmpty)
      #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/runs/.jobs").isEmpty)
    }
  }

  #if os(Linux)
    /// The processes that another one started: of a studio without jobs its rooms.
    private func children(of parent: pid_t) -> [pid_t] {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
      return names.compactMap { pid_t($0) }.filter { number in
        let text = (try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8)) ?? ""
        let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
        return fields.count > 1 && fields[0] != "Z" && pid_t(fields[1]) == parent
      }
    }

    /// A model's process that dies takes nothing with it.
    @Test func aRoomThatIsKilledIsOpenedAgain() throws {
      try withStudio { folder, studio in
        let trained = try LatentProcess.run(
          "train", "vae", "--data", "digits", "--set", "hidden=8", "--set", "latent=2", "--steps",
          "2",
          "--threads", "1", "--out", "runs", "--name", "run", in: folder)
        #expect(trained.code == 0, "\(trained.error)")
        for _ in 0..<2 {
          let answer = try studio.ask("/api/runs/run/decode", "{codes: [[0, 1]]}")
          #expect(answer.status == 200 && answer.document["pictures"]?.elements?.count == 1)
          let rooms = children(of: studio.process.identifier)
          #expect(rooms.count == 1)
          for room in rooms { kill(room, SIGKILL) }
          _ = try studio.ask("/api/runs/run/decode", "{codes: [[0, 1]]}")
        }
        #expect(try studio.ask("/api/runs/run/decode", "{codes: [[0, 1, 2]]}").status == 422)
        #expect(try studio.ask("/api/runs/run/axes").status == 200)
        #expect(try studio.ask("/api/recipes").document["recipes"]?.elements?.count ?? 0 > 20)
        #expect(
          try studio.ask("/api/runs/run").document["capabilities"]?.elements?.contains("decode")
            == true)
      }
    }
  #endif
}
