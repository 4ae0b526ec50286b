import Foundation
import LatentCore
import Report
import Testing
import Torch

@testable import LatentCLI

/// A run's model answering questions.
@Suite struct RoomTests {
  private func ask(_ room: ModelRoom, _ text: String) throws -> JSONObject {
    try withTorchErrors {
      try room.answer(RoomQuestion(members: try JSON5Reader.object(text, source: "test")))
    }
  }

  private func room(_ folder: String) throws -> ModelRoom {
    try TorchRuntime.start(threads: 1)
    return try ModelRoom(#require(Path(argument: "\(folder)/run")))
  }

  @Test func sliderAndExampleAgreeWithTheCommands() throws {
    try withTrainedRun { folder in
      let room = try room(folder)
      let axes = try ask(room, "{ask: 'axes'}")
      #expect(axes["codeShape"] == [3] && axes["discrete"] == false)
      let rows = try #require(axes["axes"]?.elements)
      let activity = rows.compactMap { $0["activity"]?.number }
      #expect(activity.count == 3 && activity == activity.sorted(by: >))
      #expect(Set(rows.compactMap { $0["index"]?.whole }) == [0, 1, 2])
      // The code of an example decodes to its reconstruction.
      let example = try ask(room, "{ask: 'encode', index: 3}")
      let code = try #require(example["codes"]?.elements?.first)
      #expect(
        example["deviations"]?.elements?.first?.elements?.allSatisfy { ($0.number ?? 0) > 0 }
          == true)
      let decoded = try ask(room, "{ask: 'decode', codes: [\(code.text(.compact))]}")
      #expect(decoded["pictures"]?.elements?.first == example["reconstruction"])
      #expect(decoded["shape"] == [1, 8, 8])
      // The picture itself, sent back, has the same code.
      let picture = try #require(example["picture"]?.text)
      let own = try ask(room, "{ask: 'encode', picture: '\(picture)'}")
      let pairs = zip(own["codes"]?.elements?.first?.elements ?? [], code.elements ?? [])
      #expect(pairs.allSatisfy { abs(($0.number ?? 9) - ($1.number ?? 0)) < 1e-2 })
      let written = latent("encode", "\(folder)/run", "--out", "\(folder)/z.npy")
      #expect(written.code == .done)
      let codes = try NumPyArray(path: "\(folder)/z.npy").tensor[3].scalars(as: Double.self)
      #expect(zip(codes, code.elements ?? []).allSatisfy { abs($0 - ($1.number ?? 9)) < 1e-4 })
    }
  }

  @Test func waysMapsAndRegions() throws {
    try withTrainedRun { folder in
      let room = try room(folder)
      for kind in ["linear", "spherical", "geodesic"] {
        let way = try ask(
          room, "{ask: 'path', from: [0, 1, 0], to: [2, 0, 1], kind: '\(kind)', count: 5}")
        #expect(way["codes"]?.elements?.count == 5 && way["pictures"]?.elements?.count == 5)
        #expect(way["codes"]?.elements?.first == [0.0, 1.0, 0.0])
        guard kind == "geodesic" else { continue }
        let energy = try #require(way["energy"]?["geodesic"]?.number)
        #expect(energy <= way["energy"]?["straight"]?.number ?? 0)
      }
      for (method, colour) in [("pca", "label"), ("tsne", "score")] {
        let map = try ask(
          room, "{ask: 'map', method: '\(method)', colour: '\(colour)', count: 60}")
        for name in ["x", "y", "index", "colour"] {
          #expect(map[name]?.elements?.count == 60, "\(method) \(name)")
        }
        #expect(map["names"]?.elements?.count == (colour == "label" ? 10 : 0))
        #expect(map["thumbnails"]?["sheet"]?.text?.hasPrefix("data:image/png;base64,") == true)
      }
      let region = try ask(room, "{ask: 'region', indices: [4, 5, 6]}")
      let codes = try [4, 5, 6].map { index in
        try #require(
          ask(room, "{ask: 'encode', index: \(index)}")["codes"]?.elements?.first?.elements)
      }
      let mean = (0..<3).map { axis in codes.reduce(0) { $0 + ($1[axis].number ?? 0) / 3 } }
      let found = region["meanCode"]?.elements?.compactMap(\.number) ?? []
      #expect(found.count == 3 && zip(found, mean).allSatisfy { abs($0 - $1) < 1e-4 })
      #expect(region["count"] == 3 && region["examples"]?.elements?.count == 3)
    }
  }

  @Test func filesAreWhatTheySay() throws {
    try withTrainedRun { folder in
      let room = try room(folder)
      let codes = "[[0, 0.5, 0], [1, 0.5, -1]]"
      for (format, start) in [
        ("png", [0x89, 0x50, 0x4E, 0x47] as [UInt8]), ("gif", Array("GIF89a".utf8)),
        ("npy", [0x93] + Array("NUMPY".utf8)),
      ] {
        let answer = try ask(room, "{ask: 'export', codes: \(codes), format: '\(format)'}")
        let file = try #require(Data(base64Encoded: answer["file"]?.text ?? ""))
        #expect([UInt8](file).starts(with: start) && answer["name"]?.text == "run-codes.\(format)")
        guard format == "npy" else { continue }
        try file.write(to: URL(filePath: "\(folder)/codes.npy"))
        let read = try NumPyArray(path: "\(folder)/codes.npy").tensor
        #expect(read.shape == [2, 3] && read.scalars(as: Double.self) == [0, 0.5, 0, 1, 0.5, -1])
      }
    }
  }

  @Test func wordsAreWords() throws {
    try withTemporaryFolder { folder in
      let outcome = latent(
        "train", "vq-vae", "--data", "digits", "--steps", "2", "--threads", "1", "--out", folder,
        "--name", "run")
      #expect(outcome.code == .done, "\(outcome.error)")
      let room = try room(folder)
      let axes = try ask(room, "{ask: 'axes'}")
      let words = try #require(axes["words"]?.whole)
      let start = try #require(axes["start"]?.elements)
      let size = (axes["codeShape"]?.elements ?? []).compactMap(\.whole).reduce(1, *)
      #expect(axes["discrete"] == true && start.count == size)
      let code = JSONValue.array(start).text(.compact)
      #expect(try ask(room, "{ask: 'decode', codes: [\(code)]}")["pictures"]?.elements?.count == 1)
      let wrong = JSONValue.array(start.map { _ in .int(words) }).text(.compact)
      #expect(throws: CommandError.self) { try ask(room, "{ask: 'decode', codes: [\(wrong)]}") }
      #expect(throws: CommandError.self) {
        try ask(room, "{ask: 'path', from: \(code), to: \(code)}")
      }
      #expect(try ask(room, "{ask: 'region', indices: [0]}")["meanCode"]?.elements == start)
      #expect(
        try ask(room, "{ask: 'about'}")["capabilities"]?.elements?.contains("discrete") == true)
    }
  }

  @Test func whatCannotBeMeantIsRefused() throws {
    try withTrainedRun { folder in
      let room = try room(folder)
      let wide = "data:image/png;base64,\(Data(try wideLine()).base64EncodedString())"
      for question in [
        "{}", "{ask: 'x'}", "{ask: 'decode'}", "{ask: 'decode', codes: []}",
        "{ask: 'decode', codes: [[1, 2]]}", "{ask: 'decode', codes: [[1, 2, 'x']]}",
        "{ask: 'decode', codes: [[1, 2, 1e999]]}", "{ask: 'decode', codes: 3}",
        "{ask: 'encode'}", "{ask: 'encode', index: -1}", "{ask: 'encode', index: 1000000}",
        "{ask: 'encode', picture: 'data:text/html;base64,AAAA'}",
        "{ask: 'encode', picture: 'data:image/png;base64,AAAA'}",
        "{ask: 'encode', picture: '\(wide)'}",
        "{ask: 'encode', index: 1, split: '../test'}", "{ask: 'map', method: 'x'}",
        "{ask: 'map', colour: 'factor:x'}", "{ask: 'region', indices: []}",
        "{ask: 'region', indices: [-1]}", "{ask: 'path', from: [0, 0, 0]}",
        "{ask: 'path', from: [0, 0, 0], to: [1, 0, 0], kind: 'x'}",
        "{ask: 'export', codes: [[0, 0, 0]], format: 'exe'}",
      ] {
        let error = #expect(throws: (any Error).self, "\(question.prefix(60))") {
          try ask(room, question)
        }
        if let error {
          #expect(
            error is CommandError || error is ConfigError || commandError(error) != nil,
            "\(question.prefix(60)) \(error)")
        }
      }
    }
  }

  /// A picture of one pixel too many a side.
  private func wideLine() throws -> [UInt8] {
    try Report.Picture(width: 4097, height: 1, color: .grey(0)).pngBytes()
  }
}
