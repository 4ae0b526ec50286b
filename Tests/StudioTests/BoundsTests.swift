import Foundation
import _TestSupport
import Testing

@testable import Studio

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What clients may cost.
@Suite struct BoundsTests {
  @Test func longHeadersAndTargetsAreRefused() throws {
    let folder = try SampleFolder()
    let own =
      "Host: 127.0.0.1:\(folder.server.port)\r\nCookie: latent_token_\(folder.server.port)=\(folder.token)\r\n"
    let long = String(repeating: "a", count: 100_000)
    let many = String(repeating: "X-Header: value\r\n", count: 20_000)
    for request in [
      "GET / HTTP/1.1\r\n\(own)X-Long: \(long)\r\n\r\n", "GET /\(long) HTTP/1.1\r\n\(own)\r\n",
      "GET / HTTP/1.1\r\n\(own)\(many)\r\n",
    ] {
      let client = try #require(RawClient(port: folder.server.port))
      client.send(Array(request.utf8))
      let bytes = try #require(client.readToEnd(), "the connection stays open")
      if let answer = RawResponse(bytes) { #expect([400, 413, 414, 431].contains(answer.status)) }
    }
    #expect(folder.get("/")?.status == 200)
  }

  @Test func silentConnectionsEnd() throws {
    var limits = StudioServer.Limits()
    limits.idleSeconds = 1
    let folder = try SampleFolder(limits)
    for start in ["", "GET / HT", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"] {
      let client = try #require(RawClient(port: folder.server.port))
      client.send(Array(start.utf8))
      #expect(client.readToEnd() != nil, "still open after 20 seconds")
    }
  }

  @Test func connectionsBeyondTheLimitWaitUntilOneEnds() throws {
    var limits = StudioServer.Limits()
    (limits.connections, limits.idleSeconds) = (4, 1)
    let folder = try SampleFolder(limits)
    let silent = (0..<30).compactMap { _ in RawClient(port: folder.server.port) }
    #expect(silent.count == 30)
    // The 31st is served when those before it have timed out.
    #expect(folder.get("/")?.status == 200)
    withExtendedLifetime(silent) {}
  }

  @Test func onlyLoopbackIsListenedOn() throws {
    #if os(Linux)
      // Another address with the same port is free unless all addresses are taken.
      let folder = try SampleFolder()
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(descriptor) }
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = UInt16(folder.server.port).bigEndian
      address.sin_addr.s_addr = UInt32(0x7F00_0002).bigEndian
      let status = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      #expect(status == 0)
    #endif
  }

  @Test func stoppingEndsOpenConnections() throws {
    let folder = try SampleFolder()
    let port = folder.server.port
    let open = try #require(RawClient(port: port))
    open.send(Array("GET / HTTP/1.1\r\n".utf8))
    folder.server.stop()
    #expect(open.readToEnd() != nil)
    #expect(RawClient(port: port) == nil)
    folder.server.stop()
  }

  @Test func contentIsBoundedBeforeItIsRead() throws {
    let folder = try SampleFolder()
    let head = { (target: String, more: [String: String]) in folder.head("POST", target, more) }
    for (target, type, length, status) in [
      ("/api/jobs", "application/json", "1048577", 413),
      ("/api/jobs", "application/json", "99999999999999999999", 413),
      ("/api/runs/plain/encode", "image/png", "16777217", 413),
      ("/api/runs/plain/encode", "application/json", "1048577", 413),
      ("/api/runs/plain/decode", "image/png", "10", 415),
    ] {
      let request = head(target, ["Content-Type": type, "Content-Length": length])
      let answer = try #require(folder.exchange(request), "\(target) \(length)")
      #expect([400, status].contains(answer.status), "\(target) \(answer.status)")
    }
    let chunked = head("/api/jobs", ["Content-Length": "", "Transfer-Encoding": "chunked"])
    #expect(folder.exchange(chunked + "2\r\n{}\r\n0\r\n\r\n")?.status == 411)
    let announced = folder.head("GET", "/", ["Content-Length": "5"])
    #expect(folder.exchange(announced)?.status == 413)
  }

  @Test func malformedContentIsRefusedWithItsPlace() throws {
    let folder = try SampleFolder()
    for body in ["{", "[]", "nonsense", "{\"runs\": [", String(repeating: "[", count: 1000)] {
      let answer = try #require(folder.post("/api/compare/stitching", body))
      #expect(answer.status == 400 && answer.text.contains("\"problem\""), "\(body.prefix(20))")
    }
    #expect(folder.post("/api/compare/stitching", "{\"runs\": [\"plain\"]}")?.status == 400)
    #expect(folder.get("/api/runs?limit=x")?.status == 400)
    #expect(folder.get("/api/runs?limit=1&limit=2")?.status == 400)
    #expect(folder.get("/api/runs?query=%ff")?.status == 400)
  }

  /// A client that sends its content byte by byte and goes away holds nobody up.
  @Test func halfOpenContentHoldsNobodyUp() throws {
    var limits = StudioServer.Limits()
    limits.idleSeconds = 1
    let folder = try SampleFolder(limits)
    let slow = (0..<50).compactMap { _ in RawClient(port: folder.server.port) }
    for client in slow {
      client.send(Array(folder.head("POST", "/api/jobs", length: 1000).utf8) + Array("{\"rec".utf8))
    }
    #expect(folder.get("/api/runs")?.status == 200)
    for client in slow { #expect(client.readToEnd() != nil) }
    #expect(folder.get("/api/runs")?.status == 200)
  }
}
