import Foundation
import _TestSupport

@testable import Studio

/// A folder with two runs, a server over it, and a secret beside it; all gone with the object.
final class SampleFolder {
  let root: String
  let server: StudioServer
  var runs: String { "\(root)/runs" }
  var token: String { server.site.token.text }
  /// A run whose name tries to become markup.
  static let hostile = "<img src=x onerror=alert(1)> & \"co\""
  static let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0, 1, 2, 3]

  init(_ limits: StudioServer.Limits = StudioServer.Limits(), host: String? = nil) throws {
    root = FileManager.default.temporaryDirectory.path + "/studio-tests-\(UUID().uuidString)"
    for name in ["plain", Self.hostile] { try Self.makeRun("\(root)/runs/\(name)") }
    try Data("secret".utf8).write(to: URL(filePath: "\(root)/secret.png"))
    try Data("secret".utf8).write(to: URL(filePath: "\(root)/run.json"))
    // No command is run here; those that are, are in the tests of the program.
    let settings = StudioSettings(runs: "\(root)/runs", program: "/usr/bin/false", host: host)
    server = try StudioServer(settings, port: 0, limits: limits)
  }

  deinit {
    server.stop()
    try? FileManager.default.removeItem(atPath: root)
  }

  /// A finished run with a log, a report and a figure.
  static func makeRun(_ folder: String, record: String = SampleFolder.record) throws {
    for part in ["figures", "checkpoints"] {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(part)", withIntermediateDirectories: true)
    }
    let files = [
      "run.json": Data(record.utf8), "events.jsonl": Data(Self.events.utf8),
      "report.html": Data("<p>report</p>".utf8), "figures/samples.png": Data(Self.picture),
      "checkpoints/last.safetensors": Data("weights".utf8), ".lock": Data("secret".utf8),
    ]
    for (name, content) in files { try content.write(to: URL(filePath: "\(folder)/\(name)")) }
  }

  /// Sends bytes and reads what comes until the end.
  func exchange(_ text: String) -> RawResponse? {
    guard let client = RawClient(port: server.port) else { return nil }
    client.send(Array(text.utf8))
    return client.readToEnd().flatMap(RawResponse.init)
  }

  /// The head of a request that nobody would refuse, with these headers added or in their place.
  func head(
    _ method: String, _ target: String, _ other: [String: String] = [:], length: Int? = nil
  ) -> String {
    var headers = [
      "Host": "127.0.0.1:\(server.port)", "Cookie": "latent_token_\(server.port)=\(token)",
      "Connection": "close",
    ]
    if method == "POST" {
      headers["Origin"] = "http://127.0.0.1:\(server.port)"
      headers["Content-Type"] = "application/json"
      headers["Content-Length"] = "\(length ?? 0)"
    }
    for (name, value) in other { headers[name] = value.isEmpty ? nil : value }
    let lines = headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\r\n" }
    return "\(method) \(target) HTTP/1.1\r\n\(lines.joined())\r\n"
  }

  /// One request as the page makes it; an empty header is left out.
  func get(
    _ target: String, method: String = "GET", _ headers: [String: String] = [:]
  ) -> RawResponse? {
    exchange(head(method, target, headers))
  }

  /// One request with content as the page makes it.
  func post(_ target: String, _ body: String, _ headers: [String: String] = [:]) -> RawResponse? {
    exchange(head("POST", target, headers, length: body.utf8.count) + body)
  }

  static let record = """
    {"format": 1, "recipe": "vae", "config": {"batch-size": "4", "accumulate": "1", "beta": "1"},
    "seed": 3, "data": {"source": "digits", "fingerprint": "sha256:0", "trainingCount": 10,
    "validationCount": 2}, "schema": {"kind": "greyImage", "exampleShape": [1, 8, 8]},
    "budget": "epochs=20", "version": "0.1.0", "libtorch": "2.13.0", "device": "cpu", "threads": 1,
    "commandLine": [], "status": "finished", "start": "2026-11-20T10:00:00Z", "seconds": 1,
    "end": "2026-11-20T10:01:00Z"}
    """

  static let events = """
    {"epoch":0.5,"split":"train","step":10,"terms":{"elbo":{"unit":"nat","value":-40.5}}}
    {"epoch":1,"split":"validation","step":20,"terms":{"elbo":{"unit":"nat","value":-30.25}}}
    {"epoch":1,"split":"train","step":30,"terms":{"rate":{"unit":"nat","value":5}}}
    {"epoch":1,"split":"tr
    """
}
