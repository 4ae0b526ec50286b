import Foundation
import Testing
import Torch

@testable import Studio

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Raw sockets against each line of the studio's safety.
@Suite struct SafetyTests {
  @Test(arguments: [
    "evil.example", "evil.example:PORT", "127.0.0.1:1", "localhost:1", "127.0.0.1.evil.example",
    "127.0.0.2", "127.0.0.1:PORT:PORT", "127.0.0.1@evil.example", "[::1]:PORT", "", "localhost.",
  ]) func otherHostsAreRefused(host: String) throws {
    let folder = try SampleFolder()
    let name = host.replacingOccurrences(of: "PORT", with: "\(folder.server.port)")
    let answer = folder.exchange("GET /api/runs HTTP/1.1\r\nHost: \(name)\r\n\r\n")
    #expect(answer?.status == 403)
    #expect(answer?.text.contains("plain") == false)
  }

  @Test func ownHostsAreServed() throws {
    let folder = try SampleFolder()
    let port = folder.server.port
    for host in ["127.0.0.1", "localhost", "LOCALHOST:\(port)", "127.0.0.1:\(port)"] {
      let request = "GET / HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n"
      #expect(folder.exchange(request)?.status == 200)
    }
  }

  @Test func twoHostsOrNoneAreRefused() throws {
    let folder = try SampleFolder()
    let own = "Host: 127.0.0.1:\(folder.server.port)\r\n"
    let other = "Host: evil.example\r\n"
    for hosts in [own + other, other + own, own + own] {
      #expect(folder.exchange("GET / HTTP/1.1\r\n\(hosts)\r\n")?.status == 403)
    }
    #expect(folder.exchange("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")?.status == 400)
    #expect(folder.exchange("GET / HTTP/1.0\r\n\r\n")?.status == 403)
  }

  @Test(arguments: [
    "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get", "BREW",
  ]) func onlyGetAndHeadAreServed(method: String) throws {
    let folder = try SampleFolder()
    let answer = try #require(folder.get("/", method: method))
    #expect(answer.status == 405 && answer.headers["allow"] == "GET, HEAD")
  }

  @Test func contentIsRefusedBeforeItIsRead() throws {
    let folder = try SampleFolder()
    let own = "Host: 127.0.0.1:\(folder.server.port)\r\n"
    for announced in ["Content-Length: 1000000000", "Transfer-Encoding: chunked"] {
      for method in ["GET", "POST"] {
        let answer = folder.exchange("\(method) / HTTP/1.1\r\n\(own)\(announced)\r\n\r\n")
        #expect([405, 413].contains(answer?.status))
      }
    }
  }

  @Test(arguments: [
    "/../run.json", "/runs/../../secret.png", "/runs/plain/../../../run.json",
    "/runs/plain/figures/../../../../secret.png", "/runs/%2e%2e/run.json", "/runs/%2E%2E/run.json",
    "/runs/.%2e/run.json", "/runs/plain/figures/..%2f..%2f..%2fsecret.png",
    "/runs/plain/figures/..%5c..%5csecret.png", "/runs/plain%2frun.json",
    "/runs/%252e%252e/run.json",
    "/runs/%c0%ae%c0%ae/run.json", "/runs/%ff/run.json", "/runs/plain/run.json%00.png",
    "/runs/plain/figures/samples.png%00", "/runs//run.json", "/runs/plain//run.json",
    "/runs/./plain",
    "/runs/plain/figures/%2e%2e/run.json", "/runs/plain/%", "/runs/plain/%4", "/runs/plain/%+1",
    "/runs/plain/.lock", "/runs/plain/checkpoints/last.safetensors", "//etc/passwd", "/etc/passwd",
    "/runs/%2fetc%2fpasswd/run.json", "http://evil.example/", "*", "/runs/nobody",
    "/runs/nobody/run.json",
    "/runs/plain/figures/nothing.png",
  ]) func otherPathsAreNotThere(target: String) throws {
    let folder = try SampleFolder()
    let answer = try #require(folder.get(target))
    #expect([400, 404].contains(answer.status), "\(target)")
    #expect(!answer.text.contains("secret") && !answer.text.contains("weights"))
  }

  @Test(arguments: [
    "/runs", "/runs/", "/runs/plain/", "/runs/plain/figures", "/runs/plain/figures/",
  ])
  func foldersAreNotListed(target: String) throws {
    let folder = try SampleFolder()
    let answer = try #require(folder.get(target))
    #expect([400, 404].contains(answer.status) && !answer.text.contains("samples"))
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
      "plain/figures/link.png", "out", "out/run.json", "plain/evaluation.json", "again",
      "linked/figures/secret.png",
    ] {
      #expect(folder.get("/runs/\(target)")?.status == 404, "\(target)")
    }
    #expect(folder.get("/runs/linked")?.text.contains("secret") == false)
    #expect(folder.get("/")?.text.contains("again") == false)
  }

  @Test func pipesAndFoldersAreNoFiles() throws {
    let folder = try SampleFolder()
    #expect(mkfifo("\(folder.runs)/plain/evaluation.json", 0o600) == 0)
    try FileManager.default.createDirectory(
      atPath: "\(folder.runs)/plain/figures/folder.png", withIntermediateDirectories: true)
    #expect(folder.get("/runs/plain/evaluation.json")?.status == 404)
    #expect(folder.get("/runs/plain/figures/folder.png")?.status == 404)
  }

  @Test func aFolderThatIsNoneIsRefused() throws {
    #expect(throws: FileError.self) { try StudioServer(runs: "/no/such/folder", port: 0) }
    let folder = try SampleFolder()
    let refusal = #expect(throws: FileError.self) {
      try StudioServer(runs: folder.runs, port: folder.server.port)
    }
    #expect(
      refusal?.description == "127.0.0.1:\(folder.server.port): the port is taken or not allowed")
  }
}
