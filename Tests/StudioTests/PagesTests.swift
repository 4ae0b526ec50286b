import Foundation
import LatentCore
import Testing

@testable import Studio

@Suite struct PagesTests {
  @Test func theListShowsEachRunWithItsLastBound() throws {
    let folder = try SampleFolder()
    let page = try #require(folder.get("/"))
    #expect(page.status == 200)
    #expect(page.headers["content-type"] == "text/html; charset=utf-8")
    let row = try #require(page.text.split(separator: "\n").first { $0.contains(">plain<") })
    #expect(row.contains("<td>vae</td><td>digits</td><td>2026-11-20T10:00:00Z</td>"))
    #expect(row.contains("-30.25 nat, validation, step 20"))
    #expect(row.contains("href=\"/runs/plain/report.html\""))
  }

  @Test func namesCannotBecomeMarkup() throws {
    let folder = try SampleFolder()
    let escaped = "&lt;img src=x onerror=alert(1)&gt; &amp; &quot;co&quot;"
    let link = "/runs/\(Request.encoded(SampleFolder.hostile))"
    for target in ["/", link] {
      let page = try #require(folder.get(target))
      #expect(page.status == 200)
      #expect(page.text.contains(escaped) && !page.text.contains("<img src=x"))
    }
    let list = try #require(folder.get("/"))
    #expect(list.text.contains("href=\"\(link)\""))
    #expect(folder.get("\(link)/report.html")?.text == "<p>report</p>")
  }

  @Test func theInterfaceListsTheRuns() throws {
    let folder = try SampleFolder()
    let answer = try #require(folder.get("/api/runs"))
    #expect(answer.status == 200 && answer.headers["content-type"] == "application/json")
    let document = try JSON5Reader.read(answer.text, source: "/api/runs")
    guard case .array(let runs)? = document["runs"], runs.count == 2 else {
      Issue.record("expected two runs, found \(answer.text)")
      return
    }
    let plain = try #require(runs.first { $0["name"] == "plain" })
    #expect(plain["status"] == "finished" && plain["recipe"] == "vae" && plain["data"] == "digits")
    #expect(plain["start"] == "2026-11-20T10:00:00Z" && plain["report"] == true)
    #expect(plain["figures"] == ["samples.png"])
    #expect(plain["elbo"]?["value"] == -30.25 && plain["elbo"]?["split"] == "validation")
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
    #expect(answer.headers["x-content-type-options"] == "nosniff")
    #expect(answer.headers["content-security-policy"]?.hasPrefix("default-src 'none'") == true)
  }

  @Test func headIsGetWithoutContent() throws {
    let folder = try SampleFolder()
    for target in ["/runs/plain/figures/samples.png", "/runs/plain"] {
      let head = try #require(folder.get(target, method: "HEAD"))
      let whole = try #require(folder.get(target))
      #expect(head.status == 200 && head.body.isEmpty)
      #expect(head.headers["content-length"] == "\(whole.body.count)")
    }
  }

  @Test func oneConnectionCarriesSeveralRequests() throws {
    let folder = try SampleFolder()
    let host = "Host: localhost:\(folder.server.port)\r\n"
    let client = try #require(RawClient(port: folder.server.port))
    client.send(Array("GET / HTTP/1.1\r\n\(host)\r\n".utf8))
    client.send(Array("GET /api/runs HTTP/1.1\r\n\(host)Connection: close\r\n\r\n".utf8))
    let bytes = try #require(client.readToEnd())
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.components(separatedBy: "HTTP/1.1 200 OK\r\n").count == 3)
  }

  @Test func damagedRunsAreShownAsSuch() throws {
    let folder = try SampleFolder()
    try Data("{".utf8).write(to: URL(filePath: "\(folder.runs)/plain/run.json"))
    try Data("\u{0}\u{1}".utf8).write(to: URL(filePath: "\(folder.runs)/plain/events.jsonl"))
    #expect(folder.get("/")?.text.contains(">damaged<") == true)
    #expect(folder.get("/runs/plain")?.status == 200)
  }

  @Test func aFolderWithoutRunsSaysHowToMakeOne() throws {
    let folder = try SampleFolder()
    for name in ["plain", SampleFolder.hostile] {
      try FileManager.default.removeItem(atPath: "\(folder.runs)/\(name)")
    }
    #expect(folder.get("/")?.text.contains("latent train vae --data digits") == true)
  }
}
