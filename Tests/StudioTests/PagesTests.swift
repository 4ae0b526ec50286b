import Foundation
import _TestSupport
import Testing

@testable import Studio

/// What is shown: the shell, its files, the files of runs.
@Suite struct PagesTests {
  @Test(arguments: [
    "/", "/runs/plain", "/runs/plain/latent", "/runs/plain/map", "/runs/plain/doctor",
    "/compare?run=a&run=b", "/atlas", "/new",
  ]) func theShellAnswersAtEachOfItsPaths(target: String) throws {
    let folder = try SampleFolder()
    let page = try #require(folder.get(target))
    #expect(page.status == 200 && page.headers["content-type"] == "text/html; charset=utf-8")
    #expect(page.text.lowercased().hasPrefix("<!doctype html>"))
    let policy = try #require(page.headers["content-security-policy"])
    #expect(policy.hasPrefix("default-src 'self'") && !policy.contains("script-src"))
    #expect(page.headers["x-content-type-options"] == "nosniff")
    #expect(page.headers["cache-control"] == "no-store")
  }

  /// The table of compiled-in files is that of the folder.
  @Test func everyFileOfThePageIsServed() throws {
    let folder = try SampleFolder()
    let sources = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Studio/Pages").standardizedFileURL
    let names = try FileManager.default.contentsOfDirectory(atPath: sources.path)
      .filter { !$0.hasPrefix(".") }
    #expect(Set(names) == Set(PageFiles.all.keys), "run Tools/page-files.py")
    for name in names {
      let answer = try #require(folder.get("/assets/\(name)"))
      #expect(Data(answer.body) == (try Data(contentsOf: sources.appending(path: name))), "\(name)")
      let types = [
        "js": "text/javascript", "css": "text/css", "html": "text/html", "svg": "image/svg+xml",
      ]
      let ending = String(name.split(separator: ".").last ?? "")
      #expect(
        answer.headers["content-type"]?.hasPrefix(types[ending] ?? "image/") == true, "\(name)")
    }
  }

  @Test(arguments: [
    ("report.html", "text/html; charset=utf-8"), ("run.json", "application/json"),
    ("events.jsonl", "text/plain; charset=utf-8"), ("figures/samples.png", "image/png"),
  ]) func filesHaveTheirTypes(name: String, type: String) throws {
    let folder = try SampleFolder()
    let answer = try #require(folder.get("/runs/plain/\(name)"))
    let content = try Data(contentsOf: URL(filePath: "\(folder.runs)/plain/\(name)"))
    #expect(answer.status == 200 && Data(answer.body) == content)
    #expect(answer.headers["content-type"] == type)
    let policy = try #require(answer.headers["content-security-policy"])
    // A report is a page that came out of a run's folder: it may run its scripts, on an island.
    #expect(
      policy.hasPrefix(name == "report.html" ? "sandbox allow-scripts" : "default-src 'none'"))
  }

  @Test func headIsGetWithoutContent() throws {
    let folder = try SampleFolder()
    for target in ["/runs/plain/figures/samples.png", "/runs/plain", "/api/runs", "/api/events"] {
      let head = try #require(folder.get(target, method: "HEAD"))
      #expect(head.status == 200 && head.body.isEmpty)
    }
  }

  @Test func oneConnectionCarriesSeveralRequests() throws {
    let folder = try SampleFolder()
    let client = try #require(RawClient(port: folder.server.port))
    let first = folder.head("POST", "/api/runs/plain/stop", ["Connection": ""], length: 2) + "{}"
    client.send(Array((first + folder.head("GET", "/api/runs")).utf8))
    let bytes = try #require(client.readToEnd())
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("HTTP/1.1 409 Conflict\r\n") && text.contains("HTTP/1.1 200 OK\r\n"))
  }
}
