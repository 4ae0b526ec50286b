import Foundation
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
    let own = "Host: 127.0.0.1:\(folder.server.port)\r\n"
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

  /// 1,000 requests made of pieces in any order, with random bytes: each ends, and the next is served.
  @Test func noiseIsAnsweredOrDropped() throws {
    var limits = StudioServer.Limits()
    limits.idleSeconds = 1
    let folder = try SampleFolder(limits)
    let pieces = [
      "GET ", "HEAD ", "POST ", "/", "/runs/", "plain", "..", "%2e%2e", "%00", "%", "\u{0}", " ",
      "HTTP/1.1", "HTTP/9.9", "\r\n", "\n", "\r", "Host: 127.0.0.1\r\n", "Host:", ":",
      "Content-Length: -1\r\n", "Content-Length: 99999999999999999999\r\n", "Content-Length: 4\r\n",
      "Transfer-Encoding: chunked\r\n", "ffffffffffffffff\r\n", "Expect: 100-continue\r\n",
      "figures/samples.png", "run.json", "?x=", "#", "\u{FFFD}", "api/runs", "\t",
    ]
    var state: UInt64 = 1
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    for _ in 0..<1000 {
      var bytes = (0..<(1 + next(16))).flatMap { _ in Array(pieces[next(pieces.count)].utf8) }
      if next(2) == 0 { bytes = Array("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n".utf8) + bytes }
      if next(4) == 0, !bytes.isEmpty { bytes[next(bytes.count)] = UInt8(next(256)) }
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
    #expect(folder.get("/")?.status == 200)
  }
}
