import Datasets
import Foundation
import LatentModels
import Runs
import Testing
import Torch

/// An exported run is the run: every byte comes back, and what is no such archive is refused and
/// leaves nothing behind.
@Suite struct ArchiveTests {
  private func files(_ folder: String) throws -> [String: Data] {
    var found: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder)
      if isFolder.boolValue || name == ".lock" { continue }
      found[name] = FileManager.default.contents(atPath: "\(folder)/\(name)")
    }
    return found
  }

  @Test func everyByteComesBack() throws {
    try withTemporaryFolder { folder in
      let run = try RunFolder(existing: smallRun(in: folder, name: "größer als 100 % \(long)"))
      try Data("x".utf8).write(to: URL(filePath: run.file("figures/.hidden")))
      let manifest = try run.export(to: "\(folder)/a.tar")
      try FileManager.default.removeItem(atPath: run.file("figures/.hidden"))
      let (copy, same) = try RunFolder.importing("\(folder)/a.tar", into: "\(folder)/there/runs")
      #expect(same == manifest && copy.name == run.name)
      #expect(try files(copy.path) == files(run.path))
      #expect(manifest.files.map(\.path) == (try files(run.path)).keys.sorted())
      let opened = try OpenedRun(copy.path, recipes: Recipes.all)
      #expect(try opened.loadWeights() == .best)
      #expect(try opened.splits().fingerprint == manifest.fingerprint)
    }
  }

  private let long = String(repeating: "n", count: 120)

  @Test func otherProgramsReadIt() throws {
    try withTemporaryFolder { folder in
      let run = try RunFolder(existing: smallRun(in: folder, name: "run", steps: 1))
      let manifest = try run.export(to: "\(folder)/a.tar", includesState: false)
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = ["tar", "-tf", "\(folder)/a.tar"]
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      let names = text.split(separator: "\n").map(String.init)
      #expect(names == ["run/archive.json"] + manifest.files.map { "run/\($0.path)" })
      #expect(!names.contains { $0.contains("state") })
    }
  }

  /// Trains for a step on 20 images in a file and gives the run.
  private func run(on path: String, in folder: String) throws -> RunFolder {
    var request = try smallRequest(in: folder, name: "run", steps: 1)
    request.source = path
    request.splits = try DatasetRegistry.open(path)
    let session = try TrainingSession(request) { _ in }
    _ = try session.train { false }
    return session.folder
  }

  @Test func ownDataTravelAlong() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/points.npy"
      let images = Tensor.linspace(0, 1, count: 80).reshaped([20, 1, 2, 2])
      try NumPyArray(images).write(to: path)
      let run = try run(on: path, in: folder)
      #expect(try !run.export(to: "\(folder)/bare.tar").includesData)
      #expect(try run.export(to: "\(folder)/full.tar", includesData: true).includesData)
      try FileManager.default.removeItem(atPath: path)
      func count(_ run: RunFolder) throws -> Int {
        try OpenedRun(run.path, recipes: Recipes.all).splits().train.count
      }
      #expect(
        try count(RunFolder.importing("\(folder)/full.tar", into: folder, name: "full").folder)
          == 14)
      let bare = try RunFolder.importing("\(folder)/bare.tar", into: folder, name: "bare").folder
      #expect(throws: DatasetError.self) { try count(bare) }
      // The same data may lie elsewhere, and other data are not taken.
      try NumPyArray(images * 0.5).write(to: "\(folder)/half.npy")
      #expect(
        refusal(in: folder) { try bare.point(to: "\(folder)/half.npy") }.hasPrefix(
          "·/half.npy: is not what the run was trained on: expected sha256:"))
      try NumPyArray(images).write(to: "\(folder)/moved.npy")
      try bare.point(to: "\(folder)/moved.npy")
      #expect(try count(bare) == 14)
    }
  }

  @Test func aRunInTrainingAndOneWithoutWeights() throws {
    try withTemporaryFolder { folder in
      let session = try TrainingSession(smallRequest(in: folder, name: "held")) { _ in }
      #expect(
        refusal(in: folder) { try session.folder.export(to: "\(folder)/a.tar") } == """
          ·/held: another process is training this run
          wait for it, or stop it first
          """)
      try WrittenRun(name: "bare").write(in: folder)
      #expect(
        refusal(in: folder) { try RunFolder(existing: "\(folder)/bare").export(to: "\(folder)/a") }
          == """
          ·/bare: has no weights yet
          train it first, or resume it
          """)
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/a.tar"))
    }
  }
}
