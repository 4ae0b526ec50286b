import Foundation
import _TestSupport
import Testing

@testable import Studio

/// Requests that nobody means.
@Suite struct FuzzTests {
  private struct Noise {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[next(elements.count)] }
  }

  static let parts = [
    "/", "api", "runs", "plain", "curves", "events", "..", ".", "%2e%2e", "%00", "%", "%ff", "jobs",
    "stop", "trash", "restore", "decode", "compare", "assets", "index.html", "lib", "plotly.js",
    "report.html", "figures", "samples.png", "run.json", ".lock", "nobody", "é", "\u{FFFD}", "\\",
    "papers", "diagnosis", "latent", "map", "doctor", "?", "#", "a b", ";", "new", "atlas",
  ]
  static let targets = [
    "/", "/api/runs", "/api/runs/plain", "/api/runs/plain/curves", "/api/events", "/api/jobs",
    "/api/runs/plain/stop", "/api/runs/plain/trash", "/api/runs/plain/restore", "/api/compare",
    "/api/compare/reconstructions", "/runs/plain/run.json", "/runs/plain/figures/samples.png",
    "/assets/index.html", "/new",
  ]
  static let values = [
    "", "0", "-1", "99999999999999999999", "1", "null", "{", "}", "{}", "[]", "\"", "\\u0000",
    "plain",
    "../..", "true", "{\"runs\":[\"plain\",\"..\"]}", "{\"codes\":[[1e999]]}", "[[[[[[",
    "application/json",
    "image/png", "chunked", "text/html", "http://evil.example", "%", "\u{0}", "\u{7F}", "é",
  ]
  static let headers = [
    "host", "cookie", "origin", "content-type", "content-length", "transfer-encoding",
    "authorization",
    "expect", "range", "x", "",
  ]

  /// 20,000 requests made of pieces against the rules and the routes themselves.
  @Test func twentyThousandRequestsAreAnswered() throws {
    let folder = try SampleFolder()
    let (site, port) = (folder.server.site, folder.server.port)
    var noise = Noise(state: 1)
    var statuses: [Int: Int] = [:]
    for _ in 0..<20_000 {
      var request = Request(
        method: noise.pick(["GET", "GET", "HEAD", "POST", "POST", "PUT", "get"]),
        target: (0...noise.next(6)).map { _ in noise.pick(Self.parts) }.joined(separator: "/"))
      if noise.next(8) != 0 { request.target = "/" + request.target }
      if noise.next(2) == 0 { request.target = noise.pick(Self.targets) }
      for _ in 0..<noise.next(4) {
        request.query.append(
          (noise.pick(["limit", "run", "query", "points", "like", "%"]), noise.pick(Self.values)))
      }
      // Most of them pass the doors, so that what is behind is asked too.
      for (name, value) in [
        ("host", "127.0.0.1:\(port)"), ("cookie", "latent_token_\(port)=\(folder.token)"),
        ("origin", "http://127.0.0.1:\(port)"), ("content-type", "application/json"),
      ] where noise.next(16) != 0 {
        request.headers.append((name, value))
      }
      for _ in 0..<(noise.next(4) == 0 ? 1 : 0) {
        request.headers.append((noise.pick(Self.headers), noise.pick(Self.values)))
      }
      request.body = (0..<noise.next(4)).flatMap { _ in Array(noise.pick(Self.values).utf8) }
      if request.method == "POST", noise.next(8) != 0 {
        request.headers.append(("content-length", "\(request.body.count)"))
      }
      let answer = site.respond(to: request, port: port)
      statuses[answer.status, default: 0] += 1
      switch answer.body {
      case .bytes(let bytes):
        let text = String(decoding: bytes.prefix(100_000), as: UTF8.self)
        #expect(!text.contains("secret") && !text.contains("weights"), "\(request)")
      case .file(let file):
        #expect(!String(decoding: file.tail(1000), as: UTF8.self).contains("secret"))
      case .stream(let stream): stream.end()
      }
      // Runs may come and go, what is outside may not.
      if !FileManager.default.fileExists(atPath: "\(folder.runs)/plain/run.json") {
        _ = site.respond(
          to: Request(
            method: "POST", target: "/api/runs/plain/restore",
            headers: [
              ("host", "127.0.0.1:\(port)"), ("cookie", "latent_token_\(port)=\(folder.token)"),
              ("origin", "http://127.0.0.1:\(port)"), ("content-type", "application/json"),
              ("content-length", "0"),
            ]), port: port)
      }
    }
    #expect(Set(statuses.keys).isSubset(of: Self.expected), "\(statuses)")
    #expect(
      [200, 400, 401, 403, 404, 405, 409, 411, 415].allSatisfy { statuses[$0, default: 0] > 20 },
      "\(statuses)")
    #expect(
      FileManager.default.contents(atPath: "\(folder.root)/secret.png") == Data("secret".utf8))
    #expect(folder.get("/api/runs")?.status == 200)
  }

  /// 500 and 502 only where a command was to be run, which cannot be here.
  static let expected: Set<Int> = [
    200, 303, 400, 401, 403, 404, 405, 409, 411, 413, 415, 422, 500, 502,
  ]

  /// 1,000 requests over sockets, with random bytes: each ends, and the next is served.
  @Test func noiseIsAnsweredOrDropped() throws {
    var limits = StudioServer.Limits()
    limits.idleSeconds = 1
    let folder = try SampleFolder(limits)
    let pieces = [
      "GET ", "HEAD ", "POST ", "/", "/runs/", "plain", "..", "%2e%2e", "%00", "%", "\u{0}", " ",
      "HTTP/1.1", "HTTP/9.9", "\r\n", "\n", "\r", "Host: 127.0.0.1:\(folder.server.port)\r\n",
      "Host:",
      ":", "Content-Length: -1\r\n", "Content-Length: 99999999999999999999\r\n",
      "Content-Length: 4\r\n", "Transfer-Encoding: chunked\r\n", "ffffffffffffffff\r\n",
      "Expect: 100-continue\r\n", "figures/samples.png", "run.json", "?x=", "#", "\u{FFFD}",
      "api/runs", "\t", "Origin: http://127.0.0.1:\(folder.server.port)\r\n",
      "Content-Type: application/json\r\n",
    ]
    var noise = Noise(state: 2)
    for _ in 0..<1000 {
      var bytes = (0..<(1 + noise.next(16))).flatMap { _ in Array(noise.pick(pieces).utf8) }
      if noise.next(2) == 0 {
        let head = folder.head("GET", "/", ["Connection": ""])
        bytes = Array(head.utf8.dropLast(2)) + bytes
      }
      if noise.next(4) == 0, !bytes.isEmpty {
        bytes[noise.next(bytes.count)] = UInt8(noise.next(256))
      }
      // One cut off would end after the idle time, which `silentConnectionsEnd` covers.
      bytes += Array("\r\n\r\n\r\n\r\n".utf8)
      let client = try #require(RawClient(port: folder.server.port))
      client.send(bytes)
      client.endSending()
      let answer = try #require(client.readToEnd(), "no end to \(bytes)")
      if let answer = RawResponse(answer) {
        #expect(!answer.text.contains("secret") && (100..<600).contains(answer.status))
      }
    }
    #expect(folder.get("/api/runs")?.status == 200)
  }
}
