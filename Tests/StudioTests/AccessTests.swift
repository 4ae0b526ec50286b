import Foundation
import _TestSupport
import Testing
import Torch

@testable import Studio

/// Who is answered: raw sockets against the rules about Host, token, Origin, method and type.
@Suite struct AccessTests {
  @Test(arguments: [
    "evil.example", "evil.example:PORT", "127.0.0.1:1", "localhost:1",
    "127.0.0.1.evil.example:PORT",
    "127.0.0.2:PORT", "127.0.0.1:PORT:PORT", "127.0.0.1@evil.example", "[::2]:PORT",
    "localhost.:PORT",
    "127.0.0.1", "0.0.0.0:PORT", "2130706433:PORT",
  ]) func otherHostsAreRefused(host: String) throws {
    let folder = try SampleFolder()
    let name = host.replacingOccurrences(of: "PORT", with: "\(folder.server.port)")
    let answer = try #require(folder.get("/api/runs", ["Host": name]))
    #expect(answer.status == 403 && !answer.text.contains("plain"))
  }

  @Test func ownHostsAreServed() throws {
    let folder = try SampleFolder()
    let port = folder.server.port
    for host in ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"] {
      #expect(folder.get("/api/runs", ["Host": "\(host):\(port)"])?.status == 200)
    }
  }

  @Test func twoHostsOrNoneAreRefused() throws {
    let folder = try SampleFolder()
    let cookie = "Cookie: latent_token_\(folder.server.port)=\(folder.token)\r\n"
    let own = "Host: 127.0.0.1:\(folder.server.port)\r\n"
    let other = "Host: evil.example\r\n"
    for hosts in [own + other, other + own, own + own] {
      #expect(folder.exchange("GET / HTTP/1.1\r\n\(cookie)\(hosts)\r\n")?.status == 403)
    }
    #expect(folder.exchange("GET / HTTP/1.1\r\n\(cookie)Connection: close\r\n\r\n")?.status == 400)
    #expect(folder.exchange("GET / HTTP/1.0\r\n\(cookie)\r\n")?.status == 403)
  }

  @Test(arguments: [
    "/", "/api/runs", "/runs/plain/report.html", "/assets/index.html", "/lib/plotly.js", "/nothing",
    "/api/events",
  ]) func nobodyIsAnsweredWithoutTheToken(target: String) throws {
    let folder = try SampleFolder()
    let name = "latent_token_\(folder.server.port)"
    let wrong = String(folder.token.dropLast()) + (folder.token.hasSuffix("0") ? "1" : "0")
    for cookie in [
      "", "\(name)=", "\(name)=\(wrong)", "\(name)=\(folder.token)0",
      "latent_token=\(folder.token)",
      "\(name)x=\(folder.token)", "\(name)=\(folder.token.uppercased())x",
    ] {
      let answer = try #require(folder.get(target, ["Cookie": cookie]))
      #expect(answer.status == 401 && answer.text.contains("Open the address"), "\(cookie)")
    }
    let others = "a=b; \(name)=\(folder.token); c=d"
    #expect(folder.get("/api/runs", ["Cookie": others])?.status == 200)
    let bearer = ["Cookie": "", "Authorization": "Bearer \(folder.token)"]
    #expect(folder.get("/api/runs", bearer)?.status == 200)
    #expect(folder.get("/api/runs", ["Cookie": "", "Authorization": "Bearer x"])?.status == 401)
  }

  @Test func theAddressThatIsPrintedGivesTheCookieOnce() throws {
    let folder = try SampleFolder()
    #expect(folder.token.count == 64 && folder.server.address.hasSuffix("/?token=\(folder.token)"))
    let answer = try #require(folder.get("/?token=\(folder.token)", ["Cookie": ""]))
    #expect(answer.status == 303 && answer.headers["location"] == "/")
    #expect(
      answer.headers["set-cookie"]
        == "latent_token_\(folder.server.port)=\(folder.token); Path=/; HttpOnly; SameSite=Strict")
    for query in [
      "token=", "token=x", "token=\(folder.token)x", "token=\(folder.token)&a=b", "a=b",
    ] {
      #expect(folder.get("/?\(query)", ["Cookie": ""])?.status == 401, "\(query)")
    }
    #expect(try SampleFolder().token != folder.token)
  }

  @Test(arguments: ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get", "BREW"])
  func otherMethodsAreRefused(method: String) throws {
    let folder = try SampleFolder()
    let answer = try #require(folder.get("/", method: method))
    #expect(answer.status == 405 && answer.headers["allow"] == "GET, HEAD, POST")
  }

  @Test func eachPathTakesItsMethods() throws {
    let folder = try SampleFolder()
    #expect(folder.post("/api/runs", "{}")?.status == 405)
    #expect(folder.post("/", "{}")?.status == 405)
    #expect(folder.get("/api/runs/plain/stop")?.status == 405)
    #expect(folder.get("/api/runs/plain/trash", method: "HEAD")?.status == 405)
  }

  @Test(arguments: [
    "", "null", "http://evil.example", "http://127.0.0.1", "https://127.0.0.1:PORT",
    "http://localhost:PORT", "http://127.0.0.1:PORT.evil.example", "http://127.0.0.1:PORT/",
  ]) func whatAnotherPageSendsIsRefused(origin: String) throws {
    let folder = try SampleFolder()
    let text = origin.replacingOccurrences(of: "PORT", with: "\(folder.server.port)")
    let answer = try #require(folder.post("/api/runs/plain/trash", "{}", ["Origin": text]))
    #expect(answer.status == 403)
    #expect(FileManager.default.fileExists(atPath: "\(folder.runs)/plain/run.json"))
  }

  @Test(arguments: [
    "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
    "image/png", "application/jsonp", "application/json2",
  ]) func whatAFormCanSendIsRefused(type: String) throws {
    let folder = try SampleFolder()
    let answer = try #require(folder.post("/api/runs/plain/trash", "{}", ["Content-Type": type]))
    #expect(answer.status == 415)
    #expect(FileManager.default.fileExists(atPath: "\(folder.runs)/plain/run.json"))
  }

  @Test func theTypeMayHaveParameters() throws {
    let folder = try SampleFolder()
    let type = ["Content-Type": "Application/JSON; charset=utf-8"]
    #expect(folder.post("/api/runs/plain/stop", "{}", type)?.status == 409)
  }

  @Test func anotherAddressIsListenedOnWhenAsked() throws {
    let folder = try SampleFolder(host: "::1")
    #expect(folder.server.origin == "http://[::1]:\(folder.server.port)")
    #expect(RawClient(port: folder.server.port) == nil)
    #expect(throws: FileError.self) { try SampleFolder(host: "evil.example") }
  }
}
