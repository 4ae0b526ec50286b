import Foundation
import _TestSupport
import Testing

@testable import Studio

/// Server-sent events.
@Suite struct EventsTests {
  private func append(_ step: Int, to run: String) throws {
    let file = try #require(FileHandle(forWritingAtPath: "\(run)/events.jsonl"))
    try file.seekToEnd()
    try file.write(
      contentsOf: Data(
        "{\"epoch\":2,\"split\":\"train\",\"step\":\(step),\"terms\":{\"elbo\":{\"unit\":\"nat\",\"value\":-7}}}\n"
          .utf8))
    try file.close()
  }

  private func listen(_ folder: SampleFolder, _ query: String) throws -> RawClient {
    let client = try #require(RawClient(port: folder.server.port))
    client.send(Array(folder.head("GET", "/api/events\(query)", ["Connection": ""]).utf8))
    #expect(client.read(until: "retry: 1000")?.contains("text/event-stream") == true)
    return client
  }

  @Test func newPointsAndStatesAreTold() throws {
    let folder = try SampleFolder()
    let points = try listen(folder, "?run=plain")
    let states = try listen(folder, "")
    // The line that was cut off comes to its end first.
    let run = "\(folder.runs)/plain"
    try Data(
      (SampleFolder.events.components(separatedBy: "\n").dropLast().joined(separator: "\n") + "\n")
        .utf8
    )
    .write(to: URL(filePath: "\(run)/events.jsonl"))
    usleep(400_000)
    try append(40, to: run)
    let point = try #require(points.read(until: "\n\n", after: "event: point"))
    #expect(point.contains("\"run\":\"plain\"") && point.contains("\"step\":40"))
    #expect(point.contains("\"elbo\":{\"value\":-7.0,\"unit\":\"nat\"}"))
    try SampleFolder.makeRun("\(folder.runs)/new")
    #expect(states.read(until: "\n\n", after: "event: status")?.contains("\"run\":\"new\"") == true)
    try FileManager.default.removeItem(atPath: "\(folder.runs)/new")
    #expect(states.read(until: "\"gone\"") != nil)
  }

  @Test func aListenerThatTakesNothingIsLetGo() {
    let stream = EventStream(runs: [])
    let text = [UInt8](repeating: 0x61, count: 1000)
    for _ in 0..<1000 { stream.send(text) }
    #expect(stream.isEnded)
  }

  @Test func whoHangsUpIsForgotten() throws {
    let folder = try SampleFolder()
    for _ in 0..<20 { _ = try listen(folder, "?run=plain") }
    // Nobody tells the server; what it writes tells.
    let run = "\(folder.runs)/plain"
    try Data().write(to: URL(filePath: "\(run)/events.jsonl"))
    var step = 0
    for _ in 0..<100 where folder.server.site.studio.watch.listeners > 0 {
      step += 1
      try append(step, to: run)
      usleep(100_000)
    }
    #expect(folder.server.site.studio.watch.listeners == 0)
  }

  @Test func tooManyRunsAreRefused() throws {
    let folder = try SampleFolder()
    let query = (0..<65).map { "run=r\($0)" }.joined(separator: "&")
    #expect(folder.get("/api/events?\(query)")?.status == 400)
  }

  @Test func stoppingEndsStreams() throws {
    let folder = try SampleFolder()
    let clients = try (0..<10).map { _ in try listen(folder, "?run=plain") }
    folder.server.stop()
    for client in clients { #expect(client.readToEnd() != nil) }
  }
}
