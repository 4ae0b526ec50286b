import Datasets
import Foundation
import LatentCore
import LatentModels
import Runs
import Testing
import Torch

/// A sweep on the disk, and how far its runs are.
@Suite struct SweepFolderTests {
  /// A sweep over two values of `latent` that small runs fit into.
  static func record(seeds: [UInt64] = [0]) throws -> SweepRecord {
    let request = try smallRequest(in: "", name: "")
    var config: [String: String] = [:]
    for member in request.config.json.members {
      config[member.name] = ConfigField.text(of: member.value)
    }
    let plan = SweepPlan(
      recipe: "vae", data: "digits", config: config, axes: [SweepAxis("latent", ["2", "3"])],
      seeds: seeds, budget: "steps=25", device: "cpu")
    return SweepRecord(
      plan: plan, fingerprint: try request.splits.fingerprint, threads: 1, libtorch: "2",
      commandLine: ["latent", "sweep"])
  }

  @Test func aRecordIsReadAsItWasWritten() throws {
    try withTemporaryFolder { folder in
      let record = try Self.record(seeds: [0, .max])
      let made = try SweepFolder(record, at: "\(folder)/a/b/sweep")
      #expect(try made.record() == record)
      #expect(try SweepFolder(existing: "\(folder)/a/b/sweep/") == made)
      #expect(SweepFolder.all(in: "\(folder)/a/b") == [made])
      #expect(record.runs.count == 4)
    }
  }

  @Test func aFolderOfOtherThingsIsLeftAlone() throws {
    try withTemporaryFolder { folder in
      try "mine".write(toFile: "\(folder)/notes.txt", atomically: true, encoding: .utf8)
      #expect(throws: FileError.self) { try SweepFolder(Self.record(), at: folder) }
      #expect(throws: FileError.self) { try SweepFolder(existing: folder) }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["notes.txt"])
    }
  }

  @Test func damagedAndLaterRecordsAreRefused() throws {
    try withTemporaryFolder { folder in
      let sweep = try SweepFolder(Self.record(), at: "\(folder)/sweep")
      let path = "\(folder)/sweep/sweep.json"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      for (old, new) in [
        ("\"threads\" : 1", "\"threads\" : 0"), ("latent-3", "latent-4"), ("}", ""),
        ("\"format\" : 1", "\"format\" : 2"),
      ] {
        #expect(text.contains(old))
        try text.replacing(old, with: new).write(
          toFile: path, atomically: true, encoding: .utf8)
        #expect(throws: FileError.self, "\(old)") { try sweep.record() }
      }
    }
  }

  @Test func aRunIsAbsentBegunOrFinished() throws {
    try withTemporaryFolder { folder in
      let record = try Self.record()
      let sweep = try SweepFolder(record, at: "\(folder)/sweep")
      let (first, second) = (record.plan.points[0], record.plan.points[1])
      #expect(try sweep.state(of: first, in: record) == .absent)
      _ = try smallRun(in: sweep.path, name: first.name)
      #expect(try sweep.state(of: first, in: record) == .begun)
      let run = try RunFolder(existing: sweep.path(of: first))
      try run.writeJSON(["metrics": 1], to: "evaluation.json")
      #expect(try sweep.state(of: first, in: record) == .finished)
      // The second has the setting of the first, so it is not the plan's.
      _ = try smallRun(in: sweep.path, name: second.name)
      let error = #expect(throws: FileError.self) {
        try sweep.state(of: second, in: record)
      }
      #expect(
        error?.problem
          == "holds another run than the sweep's: expected latent 3, found 2")
    }
  }

  @Test func whatDiedBeforeItsRecordMakesRoom() throws {
    try withTemporaryFolder { folder in
      let record = try Self.record()
      let sweep = try SweepFolder(record, at: "\(folder)/sweep")
      let run = sweep.path(of: record.plan.points[0])
      for name in ["checkpoints", "figures"] {
        try FileManager.default.createDirectory(
          atPath: "\(run)/\(name)", withIntermediateDirectories: true)
      }
      for name in [".lock", "run.json.part-12"] {
        #expect(FileManager.default.createFile(atPath: "\(run)/\(name)", contents: Data()))
      }
      sweep.clearUnbegun(record.plan.points[0])
      #expect(!FileManager.default.fileExists(atPath: run))
      // Nothing of a run that has begun is touched.
      _ = try smallRun(in: sweep.path, name: record.plan.points[0].name)
      let before = try lastingFiles(run)
      sweep.clearUnbegun(record.plan.points[0])
      #expect(try lastingFiles(run) == before)
    }
  }

  @Test func otherDataAreRefused() throws {
    try withTemporaryFolder { folder in
      let record = try Self.record()
      let sweep = try SweepFolder(record, at: "\(folder)/sweep")
      try sweep.check(record.fingerprint, in: record)
      #expect(throws: FileError.self) { try sweep.check("sha256:0", in: record) }
    }
  }

  @Test func oneProcessHoldsASweep() throws {
    try withTemporaryFolder { folder in
      let sweep = try SweepFolder(Self.record(), at: "\(folder)/sweep")
      try withExtendedLifetime(sweep.lock()) {
        let error = #expect(throws: FileError.self) { try sweep.lock() }
        #expect(error?.problem == "another process is at work on this sweep")
      }
    }
  }
}
