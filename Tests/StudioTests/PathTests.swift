import Foundation
import _TestSupport
import Testing
import Torch

@testable import Studio

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What can be reached: nothing outside the folder of runs, and in it only what runs are known to hold.
@Suite struct PathTests {
  @Test(arguments: [
    "/../run.json", "/runs/../../secret.png", "/runs/plain/../../../run.json",
    "/runs/plain/figures/../../../../secret.png", "/runs/%2e%2e/run.json", "/runs/%2E%2E/run.json",
    "/runs/.%2e/run.json", "/runs/plain/figures/..%2f..%2f..%2fsecret.png",
    "/runs/plain/figures/..%5c..%5csecret.png", "/runs/plain%2frun.json",
    "/runs/%252e%252e/run.json", "/runs/%c0%ae%c0%ae/run.json", "/runs/%ff/run.json",
    "/runs/plain/run.json%00.png", "/runs/plain/figures/samples.png%00", "/runs//run.json",
    "/runs/plain//run.json", "/runs/./plain/run.json", "/runs/plain/figures/%2e%2e/run.json",
    "/runs/plain/%", "/runs/plain/%4", "/runs/plain/%+1", "/runs/plain/.lock",
    "/runs/plain/checkpoints/last.safetensors", "//etc/passwd", "/etc/passwd",
    "/runs/%2fetc%2fpasswd/run.json", "http://evil.example/", "*", "/runs/nobody/run.json",
    "/runs/plain/figures/nothing.png", "/runs/plain/figures", "/runs/plain/figures/", "/runs",
    "/assets/../index.html", "/assets/%2e%2e%2fSite.swift", "/assets/nothing.js", "/assets/",
    "/api/runs/..%2f..", "/api/runs/%2e%2e/curves", "/api/runs/nobody", "/api/runs/nobody/curves",
    "/api/jobs/..%2fplain", "/api/jobs/nobody", "/api/nothing",
  ]) func otherPathsAreNotThere(target: String) throws {
    let folder = try SampleFolder()
    let answer = try #require(folder.get(target))
    #expect([400, 404].contains(answer.status), "\(target) \(answer.status)")
    #expect(!answer.text.contains("secret") && !answer.text.contains("weights"))
  }

  @Test(arguments: [
    "/api/runs/%2e%2e/trash", "/api/runs/..%2f..%2fx/trash", "/api/runs/nobody/trash",
    "/api/runs/.trash/trash", "/api/runs/.jobs/restore", "/api/runs/nobody/restore",
    "/api/runs/%2e%2e/resume", "/api/runs/nobody/stop", "/api/papers/..%2f/reproduce",
    "/api/runs/nobody/decode", "/api/runs/%2e%2e/encode",
  ]) func nothingIsDoneToOthers(target: String) throws {
    let folder = try SampleFolder()
    #expect([400, 404].contains(folder.post(target, "{}")?.status))
    #expect(FileManager.default.fileExists(atPath: "\(folder.root)/secret.png"))
  }

  @Test func symbolicLinksLeadNowhere() throws {
    let folder = try SampleFolder()
    let links = [
      ("runs/plain/figures/link.png", "../../../secret.png"), ("runs/out", ".."),
      ("runs/plain/evaluation.json", "\(folder.root)/secret.png"), ("runs/again", "plain"),
    ]
    for (link, target) in links {
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder.root)/\(link)", withDestinationPath: target)
    }
    try FileManager.default.createDirectory(
      atPath: "\(folder.runs)/linked", withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: "\(folder.runs)/plain/run.json", toPath: "\(folder.runs)/linked/run.json")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.runs)/linked/figures", withDestinationPath: folder.root)
    for target in [
      "plain/figures/link.png", "out/run.json", "plain/evaluation.json", "again/run.json",
      "linked/figures/secret.png",
    ] {
      #expect(folder.get("/runs/\(target)")?.status == 404, "\(target)")
    }
    #expect(folder.get("/api/runs/linked")?.text.contains("secret") == false)
    #expect(folder.get("/api/runs")?.text.contains("again") == false)
    #expect(folder.post("/api/runs/out/trash", "{}")?.status == 404)
  }

  @Test func pipesAndFoldersAreNoFiles() throws {
    let folder = try SampleFolder()
    #expect(mkfifo("\(folder.runs)/plain/evaluation.json", 0o600) == 0)
    try FileManager.default.createDirectory(
      atPath: "\(folder.runs)/plain/figures/folder.png", withIntermediateDirectories: true)
    #expect(folder.get("/runs/plain/evaluation.json")?.status == 404)
    #expect(folder.get("/runs/plain/figures/folder.png")?.status == 404)
    #expect(folder.get("/api/runs/plain")?.status == 200)
  }

  @Test func dataAreNamedInTheirFoldersAlone() throws {
    let folder = try SampleFolder()
    let data = "\(folder.root)/data"
    for name in ["data", "database"] {
      try FileManager.default.createDirectory(
        atPath: "\(folder.root)/\(name)", withIntermediateDirectories: true)
      try Data("1,2".utf8).write(to: URL(filePath: "\(folder.root)/\(name)/table.csv"))
    }
    try FileManager.default.createSymbolicLink(
      atPath: "\(data)/link.png", withDestinationPath: "\(folder.root)/secret.png")
    let place = DataPlace(
      StudioSettings(runs: folder.runs, program: "", dataFolders: [data]))
    for good in ["digits", "sprites:size=16", "\(data)/table.csv", data, "nobody"] {
      #expect(throws: Never.self, "\(good)") { try place.check(good) }
    }
    for bad in [
      "/etc/passwd", "\(data)/../secret.png", "\(data)/link.png",
      "\(folder.root)/database/table.csv",
      "\(data)/nothing.csv", "../x", "\(folder.runs)/plain/run.json",
    ] {
      #expect(throws: Problem.self, "\(bad)") { try place.check(bad) }
    }
  }

  @Test func aFolderThatIsNoneIsRefused() throws {
    #expect(throws: FileError.self) {
      try StudioServer(StudioSettings(runs: "/no/such/folder", program: ""), port: 0)
    }
    let folder = try SampleFolder()
    let refusal = #expect(throws: FileError.self) {
      try StudioServer(StudioSettings(runs: folder.runs, program: ""), port: folder.server.port)
    }
    #expect(
      refusal?.description
        == "127.0.0.1:\(folder.server.port): the port is taken or not allowed")
  }
}
