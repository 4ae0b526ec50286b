import Foundation
import LatentCore
import Report
import Runs
import Testing
import _TestSupport

@testable import Studio

/// The list of runs and one run.
@Suite struct RunsTests {
  private func runs(_ folder: SampleFolder, _ query: String = "") throws -> (
    names: [String], total: Int
  ) {
    let answer = try #require(folder.get("/api/runs?\(query)"))
    let document = try JSON5Reader.object(answer.text, source: "/api/runs")
    let names = (document["runs"]?.elements ?? []).compactMap { $0["name"]?.text }
    return (names, document["total"]?.whole ?? -1)
  }

  private func run(_ folder: SampleFolder, _ name: String) throws -> JSONObject {
    let answer = try #require(folder.get("/api/runs/\(PercentText.encoded(name))"))
    return try JSON5Reader.object(answer.text, source: "/api/runs")
  }

  @Test func aRunIsToldWithItsLastBound() throws {
    let folder = try SampleFolder()
    let run = try run(folder, "plain")
    #expect(run["status"] == "finished" && run["recipe"] == "vae" && run["data"] == "digits")
    #expect(run["elbo"] == -30.25 && run["split"] == "validation" && run["unit"] == "nat")
    // Ten examples in batches of four are three updates an epoch.
    #expect(run["step"] == 30 && run["steps"] == 60 && run["isJob"] == false && run["pid"] == .null)
    #expect(run["figures"] == ["samples.png"] && run["hasReport"] == true)
    #expect(run["config"]?["beta"] == "1" && run["command"]?.text?.contains("--like") == true)
    #expect(try self.run(folder, SampleFolder.hostile)["name"] == .string(SampleFolder.hostile))
  }

  @Test func theListIsFilteredSortedAndPaged() throws {
    let folder = try SampleFolder()
    for place in 0..<5 {
      let record = SampleFolder.record
        .replacingOccurrences(of: "T10:00:00Z", with: "T11:0\(place):00Z")
        .replacingOccurrences(of: "\"vae\"", with: place == 2 ? "\"gmvae\"" : "\"vae\"")
      try SampleFolder.makeRun("\(folder.runs)/run-\(place)", record: record)
    }
    // The last look may be younger than the runs.
    usleep(400_000)
    let all = try runs(folder)
    #expect(all.total == 7 && all.names.prefix(5) == ["run-4", "run-3", "run-2", "run-1", "run-0"])
    let page = try runs(folder, "limit=2&offset=1")
    #expect(page.names == ["run-3", "run-2"] && page.total == 7)
    #expect(try runs(folder, "recipe=gmvae").names == ["run-2"])
    #expect(try runs(folder, "query=RUN-3%20digits").names == ["run-3"])
    #expect(try runs(folder, "query=run-3+mnist").names == [])
    #expect(
      try runs(folder, "status=failed").total == 0 && runs(folder, "status=finished").total == 7)
    try FileManager.default.removeItem(atPath: "\(folder.runs)/run-4")
    usleep(400_000)
    #expect(try runs(folder).total == 6)
  }

  @Test func whatIsSaidToRunRunsOnlyWhileSomebodyTrainsIt() throws {
    let folder = try SampleFolder()
    let record = SampleFolder.record.replacingOccurrences(of: "finished", with: "running")
    try SampleFolder.makeRun("\(folder.runs)/live", record: record)
    #expect(try run(folder, "live")["status"] == "killed")
    var lock: RunLock? = try RunLock(RunFolder(existing: "\(folder.runs)/live"))
    let live = try run(folder, "live")
    #expect(live["status"] == "running" && live["pid"] == .int(Int(getpid())))
    #expect(folder.post("/api/runs/live/trash", "{}")?.status == 409)
    #expect(folder.post("/api/runs/live/resume", "{}")?.status == 409)
    withExtendedLifetime(lock) {}
    lock = nil
    #expect(try run(folder, "live")["status"] == "killed")
  }

  @Test func damagedRunsAreShownAsSuch() throws {
    let folder = try SampleFolder()
    try Data("{".utf8).write(to: URL(filePath: "\(folder.runs)/plain/run.json"))
    try Data("\u{0}\u{1}".utf8).write(to: URL(filePath: "\(folder.runs)/plain/events.jsonl"))
    #expect(try run(folder, "plain")["status"] == "damaged")
  }

  @Test func aRunGoesToTheTrashAndBack() throws {
    let folder = try SampleFolder()
    let name = PercentText.encoded(SampleFolder.hostile)
    for name in ["plain", name] {
      #expect(folder.post("/api/runs/\(name)/trash", "{}")?.status == 200)
      #expect(folder.get("/api/runs/\(name)")?.status == 404)
      #expect(folder.post("/api/runs/\(name)/trash", "{}")?.status == 404)
      #expect(folder.post("/api/runs/\(name)/restore", "{}")?.status == 200)
      #expect(folder.get("/api/runs/\(name)")?.status == 200)
      #expect(folder.post("/api/runs/\(name)/restore", "{}")?.status == 404)
    }
    #expect(TrashFolder.name(of: "a-b-20261120T224455Z") == "a-b")
    #expect(TrashFolder.name(of: "20261120T224455Z") == nil)
  }

  @Test func curvesKeepTheirPeaks() throws {
    let folder = try SampleFolder()
    let answer = try #require(folder.get("/api/runs/plain/curves"))
    let terms = try JSON5Reader.object(answer.text, source: "curves")["terms"]
    #expect(
      terms?["train/elbo"]?["values"] == [-40.5] && terms?["validation/elbo"]?["steps"] == [20])
    #expect(terms?["train/rate"]?["unit"] == "nat" && terms?["train/rate"]?["split"] == "train")
    var values = (0..<10_000).map { sin(Double($0) / 700) }
    (values[1234], values[5678]) = (9, -9)
    for points in [2, 3, 50, 500, 9999] {
      let kept = Reduction.places(of: values, limit: points)
      #expect(kept.count <= points && kept == kept.sorted() && kept.last == 9999)
      if points >= 5 { #expect(kept.contains(1234) && kept.contains(5678)) }
    }
    #expect(Reduction.places(of: values, limit: 10_000) == Array(0..<10_000))
  }
}
