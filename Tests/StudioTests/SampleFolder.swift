import Foundation

@testable import Studio

/// A folder with one run, a server over it, and a secret beside it; all gone with the object.
final class SampleFolder {
  let root: String
  let server: StudioServer
  var runs: String { "\(root)/runs" }
  /// A run whose name tries to become markup.
  static let hostile = "<img src=x onerror=alert(1)> & \"co\""
  static let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0, 1, 2, 3]

  init(_ limits: StudioServer.Limits = StudioServer.Limits()) throws {
    root = FileManager.default.temporaryDirectory.path + "/studio-tests-\(UUID().uuidString)"
    for name in ["plain", Self.hostile] {
      let folder = "\(root)/runs/\(name)"
      try FileManager.default.createDirectory(
        atPath: "\(folder)/figures", withIntermediateDirectories: true)
      try FileManager.default.createDirectory(
        atPath: "\(folder)/checkpoints", withIntermediateDirectories: true)
      try Data(Self.record.utf8).write(to: URL(filePath: "\(folder)/run.json"))
      try Data(Self.events.utf8).write(to: URL(filePath: "\(folder)/events.jsonl"))
      try Data("<p>report</p>".utf8).write(to: URL(filePath: "\(folder)/report.html"))
      try Data(Self.picture).write(to: URL(filePath: "\(folder)/figures/samples.png"))
      try Data("weights".utf8).write(to: URL(filePath: "\(folder)/checkpoints/last.safetensors"))
      try Data("secret".utf8).write(to: URL(filePath: "\(folder)/.lock"))
    }
    try Data("secret".utf8).write(to: URL(filePath: "\(root)/secret.png"))
    try Data("secret".utf8).write(to: URL(filePath: "\(root)/run.json"))
    server = try StudioServer(runs: "\(root)/runs", port: 0, limits: limits)
  }

  deinit {
    server.stop()
    try? FileManager.default.removeItem(atPath: root)
  }

  /// Sends bytes and reads what comes until the end.
  func exchange(_ text: String) -> RawResponse? {
    guard let client = RawClient(port: server.port) else { return nil }
    client.send(Array(text.utf8))
    return client.readToEnd().flatMap(RawResponse.init)
  }

  /// One request with the studio's own Host that asks for the connection's end.
  func get(_ target: String, method: String = "GET") -> RawResponse? {
    exchange(
      "\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nConnection: close\r\n\r\n")
  }

  static let record = """
    {"format": 1, "recipe": "vae", "config": {}, "seed": 3, "data": {"source": "digits",
    "fingerprint": "sha256:0", "trainingCount": 10, "validationCount": 2},
    "schema": {"kind": "greyImage", "exampleShape": [1, 8, 8]},
    "budget": "epochs=1", "version": "0.1.0", "libtorch": "2.13.0", "device": "cpu", "threads": 1,
    "commandLine": [], "status": "finished", "start": "2026-11-20T10:00:00Z",
    "end": "2026-11-20T10:01:00Z"}
    """

  static let events = """
    {"epoch":0.5,"split":"train","step":10,"terms":{"elbo":{"unit":"nat","value":-40.5}}}
    {"epoch":1,"split":"validation","step":20,"terms":{"elbo":{"unit":"nat","value":-30.25}}}
    {"epoch":1,"split":"train","step":30,"terms":{"rate":{"unit":"nat","value":5}}}
    {"epoch":1,"split":"tr
    """
}
